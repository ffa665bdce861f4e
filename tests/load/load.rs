//! The load itself: so many at once, or so many a second.
use super::Arguments;
use super::board::{Board, QUESTIONS, Writer};
use super::client::Client;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// More people than this would be no test any more.
const MOST_PEOPLE: usize = 500_000;
/// Calibration is over when nothing has come for this long.
const QUIET: Duration = Duration::from_secs(2);

/// What a run was.
#[derive(Debug, Clone)]
pub(crate) struct Took {
    /// Who came before it, for calibration.
    pub(crate) before: usize,
    pub(crate) began: Instant,
    /// How often a message was posted again because its connection broke or its answer was no 200.
    pub(crate) repeats: usize,
    pub(crate) kills: u32,
}

/// What the posting tasks share.
#[derive(Debug)]
pub(crate) struct Shift {
    board: Arc<Board>,
    address: SocketAddr,
    began: Instant,
    rate: Option<f64>,
    next: AtomicUsize,
    /// How many to post; `usize::MAX` while something else decides.
    pub(crate) until: AtomicUsize,
    pub(crate) repeats: AtomicUsize,
}

/// Asks every question once, so that it is known how many messages make a whole answer.
pub(crate) async fn calibrate(board: &Arc<Board>, address: &SocketAddr) -> anyhow::Result<()> {
    let mut client = Client::new(*address);
    for _ in QUESTIONS {
        let writer = board.join(Instant::now());
        let status = client.post(writer).await?;
        anyhow::ensure!(status == 200, "the webhook answered {status}");
        board.acknowledged(writer);
    }
    let mut quiet_since = (Instant::now(), 0);
    while quiet_since.0.elapsed() < QUIET {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let (replies, waiting) = board.progress();
        if replies != quiet_since.1 || (waiting > 0 && quiet_since.0.elapsed() < QUIET / 2) {
            quiet_since = (Instant::now(), replies);
        }
        anyhow::ensure!(
            board.people()[0].posted.elapsed() < Duration::from_secs(30),
            "no answer to every question in 30 s"
        );
    }
    println!("messages an answer    {:?}", board.learn());
    Ok(())
}

/// Posts `--messages` messages.
pub(crate) async fn run(arguments: &Arguments, board: &Arc<Board>, address: &SocketAddr) -> anyhow::Result<Took> {
    let before = board.people().len();
    let shift = Shift::new(arguments, board, *address, arguments.messages);
    let workers = spawn(&shift, arguments.in_flight);
    workers.join_all().await;
    Ok(Took { before, began: shift.began, repeats: shift.repeats.load(Ordering::Relaxed), kills: 0 })
}

/// Waits until every acknowledged message has its whole answer, or nothing has come for `patience`.
pub(crate) async fn settle(board: &Board, patience: Duration) {
    let mut moved = (Instant::now(), 0);
    loop {
        let (replies, waiting) = board.progress();
        if waiting == 0 || moved.0.elapsed() > patience {
            return;
        }
        if replies != moved.1 {
            moved = (Instant::now(), replies);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Starts the posting tasks.
pub(crate) fn spawn(shift: &Arc<Shift>, in_flight: usize) -> tokio::task::JoinSet<()> {
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..in_flight {
        let shift = Arc::clone(shift);
        workers.spawn(async move { shift.work().await });
    }
    workers
}

impl Shift {
    pub(crate) fn new(arguments: &Arguments, board: &Arc<Board>, address: SocketAddr, until: usize) -> Arc<Self> {
        Arc::new(Self {
            board: Arc::clone(board),
            address,
            began: Instant::now(),
            rate: arguments.rate,
            next: AtomicUsize::new(0),
            until: AtomicUsize::new(until),
            repeats: AtomicUsize::new(0),
        })
    }

    pub(crate) fn began(&self) -> Instant {
        self.began
    }

    async fn work(&self) {
        let mut client = Client::new(self.address);
        loop {
            let place = self.next.fetch_add(1, Ordering::Relaxed);
            if place >= self.until.load(Ordering::Relaxed).min(MOST_PEOPLE) {
                return;
            }
            let due = match self.rate {
                #[expect(clippy::cast_precision_loss, reason = "places are small numbers")]
                Some(rate) => self.began + Duration::from_secs_f64(place as f64 / rate),
                None => Instant::now(),
            };
            tokio::time::sleep_until(due.into()).await;
            let writer = self.board.join(due);
            self.deliver(&mut client, writer).await;
        }
    }

    /// Posts until it is taken, as Telegram does.
    async fn deliver(&self, client: &mut Client, writer: Writer) {
        while !matches!(client.post(writer).await, Ok(200)) {
            self.repeats.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.board.acknowledged(writer);
    }
}
