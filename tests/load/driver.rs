//! Loads a really running `awasir serve` as Telegram would, and measures it; with `--kill`, ends it with SIGKILL meanwhile.
//!
//! `cargo build --release && cargo run --release --example load -- --messages 5000`
//!
//! On PostgreSQL: `POSTGRES_FSYNC=on tests/with-postgres bash -c 'cargo run --release --example load --
//! --database-url "$TEST_POSTGRES_URL" --postgres-pid "$TEST_POSTGRES_PID"'`.
//!
//! The driver is one thread on loopback: a stand-in for the Bot API, and clients that write prepared bytes. It takes a few
//! per cent of what the program under test takes, which matters on a machine of two cores.
mod board;
mod client;
mod crash;
mod history;
mod load;
mod process;
mod report;
mod requests;
mod stub;

use board::Board;
use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

/// Loads `awasir serve` through its Telegram webhook and prints what it took.
#[derive(Debug, Clone, Parser)]
struct Arguments {
    /// The program under test.
    #[arg(long, default_value = "target/release/awasir")]
    binary: PathBuf,
    /// How many people write, one message each.
    #[arg(long, default_value_t = 5000)]
    messages: usize,
    /// How many webhooks are under way at once, each on its own connection.
    #[arg(long, default_value_t = 32)]
    in_flight: usize,
    /// Messages a second, whatever the program manages (times count from the planned moment). Without it: as fast as they are taken.
    #[arg(long)]
    rate: Option<f64>,
    /// Ends the program with SIGKILL this many times under load and starts it again; then looks for what was lost or doubled.
    #[arg(long, default_value_t = 0)]
    kill: u32,
    /// How long to wait, in seconds, while no further reply comes. Default 15; with `--kill` 240, because a reply whose outcome
    /// is unknown is said again only after its lease and a minute more.
    #[arg(long)]
    patience: Option<u64>,
    /// The database. Default: SQLite in the run's own folder.
    #[arg(long)]
    database_url: Option<String>,
    /// The PostgreSQL postmaster whose processes' CPU time is added (`tests/with-postgres` sets `TEST_POSTGRES_PID`).
    #[arg(long)]
    postgres_pid: Option<u32>,
    /// Where the run's folder is made: a real disk, or fsync costs nothing.
    #[arg(long, default_value = "target")]
    dir: PathBuf,
    /// How many events, answered long ago, stand in the database before the run begins.
    #[arg(long, default_value_t = 0)]
    old_rows: u32,
    /// Measures what a status answer costs with so many requests in the register: everybody writes once, proves a request, and
    /// asks where it is. Without it: questions of all kinds.
    #[arg(long)]
    requests: Option<u32>,
    /// A further setting for the program, `NAME=value`.
    #[arg(long)]
    env: Vec<String>,
    /// Keep the run's folder (database, log).
    #[arg(long)]
    keep: bool,
}

impl Arguments {
    fn patience(&self) -> Duration {
        Duration::from_secs(self.patience.unwrap_or(if self.kill > 0 { 240 } else { 15 }))
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match measure(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("load: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(arguments: Arguments) -> anyhow::Result<()> {
    let board = Arc::new(Board::default());
    let api_url = stub::start(Arc::clone(&board)).await?;
    let mut server = process::Server::new(&arguments, &api_url)?;
    server.start().await?;
    if arguments.old_rows > 0 {
        server.stop().await?;
        history::write(&server.database_url, arguments.old_rows).await?;
        server.start().await?;
    }

    load::calibrate(&board, &server.address).await?;
    if let Some(requests) = arguments.requests {
        load::run(&arguments, &board, &server.address).await?;
        load::settle(&board, arguments.patience()).await;
        server.stop().await?;
        requests::write(&server.database_url, requests).await?;
        server.start().await?;
        board.ask_status();
    }
    let idle = server.usage()?;
    let took = if arguments.kill == 0 {
        load::run(&arguments, &board, &server.address).await?
    } else {
        crash::run(&arguments, &board, &mut server).await?
    };
    load::settle(&board, arguments.patience()).await;
    let busy = server.usage()?;

    report::print(&board, &took, &idle, &busy);
    server.stop().await?;
    if arguments.requests.is_some() {
        println!("told of a request     {} of {}", board.told(), arguments.messages);
        anyhow::ensure!(board.told() >= arguments.messages, "somebody was not told where the request is");
    }
    let good = report::verdict(&board, &server.database_url, &server.ring()?).await?;
    if !good {
        server.show_log();
    }
    server.clean_up(arguments.keep || !good);
    anyhow::ensure!(good, "something was lost or doubled");
    Ok(())
}
