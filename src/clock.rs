//! Time, ids and random bytes, handed in so that tests can hold them still. The one place that reads the machine's.
use crate::model::Timestamp;
use std::fmt::Debug;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use uuid::{NoContext, Uuid};

/// Where a moment and a fresh id come from.
pub trait Clock: Send + Sync + Debug {
    /// The time now.
    fn now(&self) -> Timestamp;
    /// A fresh id of version 7: time in front, so that rows are born in order, random behind.
    fn id(&self) -> Uuid;
    /// Waits until `span` has passed on this clock.
    fn sleep(&self, span: Duration) -> futures::future::BoxFuture<'_, ()>;
}

/// The clock shared by all parts of a running program.
pub type SharedClock = Arc<dyn Clock>;

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }

    #[expect(clippy::disallowed_methods, reason = "this is the place that makes ids")]
    fn id(&self) -> Uuid {
        Uuid::now_v7()
    }

    fn sleep(&self, span: Duration) -> futures::future::BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(span))
    }
}

/// A clock that stands still until a test moves it. Ids count up, so that a run repeats exactly.
#[derive(Debug)]
pub struct ManualClock {
    now: AtomicI64,
    ids: AtomicU64,
    moved: tokio::sync::watch::Sender<i64>,
}

impl ManualClock {
    /// A clock standing at `start`.
    #[must_use]
    pub fn new(start: Timestamp) -> Arc<Self> {
        let moved = tokio::sync::watch::Sender::new(start.as_micros());
        Arc::new(Self { now: AtomicI64::new(start.as_micros()), ids: AtomicU64::new(1), moved })
    }

    /// Moves the clock forward and wakes whoever sleeps on it.
    pub fn advance(&self, span: Duration) {
        let micros = i64::try_from(span.as_micros()).unwrap_or(i64::MAX);
        let now = self.now.fetch_add(micros, Ordering::SeqCst) + micros;
        self.moved.send_replace(now);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.now.load(Ordering::SeqCst))
    }

    fn id(&self) -> Uuid {
        let count = self.ids.fetch_add(1, Ordering::SeqCst);
        let micros = u64::try_from(self.now.load(Ordering::SeqCst)).unwrap_or(0);
        let nanos = u32::try_from(micros % 1_000_000).unwrap_or(0) * 1000;
        let stamp = uuid::Timestamp::from_unix(NoContext, micros / 1_000_000, nanos);
        let mut bytes = *Uuid::new_v7(stamp).as_bytes();
        bytes[8..].copy_from_slice(&(count | 1 << 63).to_be_bytes());
        Uuid::from_bytes(bytes)
    }

    fn sleep(&self, span: Duration) -> futures::future::BoxFuture<'_, ()> {
        let until = (self.now() + span).as_micros();
        let mut moved = self.moved.subscribe();
        Box::pin(async move {
            while *moved.borrow_and_update() < until {
                if moved.changed().await.is_err() {
                    return;
                }
            }
        })
    }
}
