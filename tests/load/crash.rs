//! The same load while the program is killed and started again.
use super::Arguments;
use super::board::Board;
use super::load::{Shift, Took, spawn};
use super::process::Server;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Between a start and the next kill: long enough to be in full swing, uneven so that no kill meets the same step.
const BETWEEN_MS: std::ops::Range<u64> = 300..1800;

/// Posts until the last kill is over and `--messages` have been posted.
pub(crate) async fn run(arguments: &Arguments, board: &Arc<Board>, server: &mut Server) -> anyhow::Result<Took> {
    let before = board.people().len();
    let shift = Shift::new(arguments, board, server.address, usize::MAX);
    let workers = spawn(&shift, arguments.in_flight);
    for number in 1..=arguments.kill {
        tokio::time::sleep(Duration::from_millis(rand::random_range(BETWEEN_MS))).await;
        let (_, waiting) = board.progress();
        server.kill()?;
        println!("kill {number:<4}             {waiting} messages acknowledged and not yet answered");
        server.start().await?;
    }
    shift.until.store(arguments.messages, Ordering::Relaxed);
    workers.join_all().await;
    let repeats = shift.repeats.load(Ordering::Relaxed);
    Ok(Took { before, began: shift.began(), repeats, kills: arguments.kill })
}
