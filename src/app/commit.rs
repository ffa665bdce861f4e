//! Group commit: what many tasks want written at the same time shares one transaction and one fsync.
use super::deliveries::Settled;
use super::intake::Intake;
use crate::clock::Clock;
use crate::store::{Store, StoreError};
use futures::future::BoxFuture;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

/// Why something handed over was not written.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CommitError {
    /// The queue is full or closing: the caller asks its peer to repeat.
    #[error("the queue is full")]
    Busy,
    /// The database refused it, alone in a transaction of its own.
    #[error("not written")]
    Store(#[source] Arc<StoreError>),
}

/// How long a group waits for company while things come one after the other. Invisible to people, and it saves most commits.
const LINGER: Duration = Duration::from_millis(2);
/// What came within this time after the last is not alone.
const BUSY: Duration = Duration::from_millis(20);

/// Whether things come one after the other: a lone one never waits for company.
#[derive(Debug, Default)]
pub(super) struct Pace {
    last: Option<Instant>,
}

impl Pace {
    /// Notes that something came now. True where the one before it was a moment ago.
    pub(super) fn busy(&mut self) -> bool {
        let now = Instant::now();
        let busy = self.last.is_some_and(|last| now.duration_since(last) < BUSY);
        self.last = Some(now);
        busy
    }
}

/// One thing to write.
#[derive(Debug)]
pub(super) enum Job {
    /// What a transport delivered.
    Intake(Intake),
    /// How a call to a platform ended.
    Settled(Settled),
}

/// Writes a group in one transaction.
pub(super) async fn write(store: &Store, clock: &dyn Clock, all: &[Job]) -> Result<(), StoreError> {
    let (mut came, mut ended) = (Vec::new(), Vec::new());
    for job in all {
        match job {
            Job::Intake(intake) => came.push(intake),
            Job::Settled(settled) => ended.push(settled),
        }
    }
    let mut tx = store.begin().await?;
    if !ended.is_empty() {
        super::deliveries::write(&mut tx, clock, &ended).await?;
    }
    if !came.is_empty() {
        super::intake::write(&mut tx, store.ring(), clock, &came).await?;
    }
    tx.commit().await
}

type Waiting<T> = (T, oneshot::Sender<Result<(), CommitError>>);

/// Takes things from many tasks and writes them together.
#[derive(Debug)]
pub(super) struct Batcher<T> {
    queue: mpsc::Sender<Waiting<T>>,
    /// Places that only the patient get.
    kept: usize,
}

impl<T> Clone for Batcher<T> {
    fn clone(&self) -> Self {
        Self { queue: self.queue.clone(), kept: self.kept }
    }
}

impl<T: Send + Sync + 'static> Batcher<T> {
    /// Starts one. At most `capacity` things wait, and `kept` more of those that wait for a place; at most `most` are written
    /// together by `write`, which commits or fails as a whole. Where a group fails, its things are written one by one, so that
    /// a bad one fails alone.
    pub(super) fn start<W>(capacity: usize, kept: usize, most: usize, write: W) -> (Self, tokio::task::JoinHandle<()>)
    where
        W: for<'a> Fn(&'a [T]) -> BoxFuture<'a, Result<(), StoreError>> + Send + Sync + 'static,
    {
        let (queue, mut jobs) = mpsc::channel::<Waiting<T>>(capacity + kept);
        let task = tokio::spawn(async move {
            let mut waiting = Vec::with_capacity(most);
            let mut pace = Pace::default();
            while jobs.recv_many(&mut waiting, most).await > 0 {
                if waiting.len() < most && pace.busy() {
                    tokio::time::sleep(LINGER).await;
                    while waiting.len() < most
                        && let Ok(job) = jobs.try_recv()
                    {
                        waiting.push(job);
                    }
                }
                let (things, replies): (Vec<T>, Vec<_>) = waiting.drain(..).unzip();
                if write(&things).await.is_ok() {
                    for reply in replies {
                        let _ = reply.send(Ok(()));
                    }
                    continue;
                }
                for (thing, reply) in things.iter().zip(replies) {
                    let result = write(std::slice::from_ref(thing)).await;
                    let _ = reply.send(result.map_err(|error| CommitError::Store(Arc::new(error))));
                }
            }
        });
        (Self { queue, kept }, task)
    }

    /// Hands `thing` over and waits until it is committed.
    ///
    /// # Errors
    /// [`CommitError::Busy`] at once where the queue is full; [`CommitError::Store`] where the database refused it.
    pub(super) async fn commit(&self, thing: T) -> Result<(), CommitError> {
        if self.queue.capacity() <= self.kept {
            return Err(CommitError::Busy);
        }
        let (reply, done) = oneshot::channel();
        self.queue.try_send((thing, reply)).map_err(|_| CommitError::Busy)?;
        done.await.map_err(|_| CommitError::Busy)?
    }

    /// Hands `thing` over, waiting for a place in the queue, and waits until it is committed.
    ///
    /// # Errors
    /// [`CommitError::Busy`] only where the program is closing.
    pub(super) async fn commit_patiently(&self, thing: T) -> Result<(), CommitError> {
        let (reply, done) = oneshot::channel();
        self.queue.send((thing, reply)).await.map_err(|_| CommitError::Busy)?;
        done.await.map_err(|_| CommitError::Busy)?
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[tokio::test]
    async fn a_bad_thing_fails_alone_and_the_others_are_written() {
        let written = Arc::new(Mutex::new(Vec::new()));
        let seen = written.clone();
        let (batcher, _task) = Batcher::start(10, 2, 10, move |things: &[i32]| {
            let (seen, things) = (seen.clone(), things.to_vec());
            Box::pin(async move {
                if things.contains(&13) {
                    return Err(StoreError::Duplicate);
                }
                seen.lock().expect("no test panics while holding it").extend(things);
                Ok(())
            })
        });
        let results = futures::future::join_all([1, 13, 2].map(|thing| batcher.commit(thing))).await;
        assert!(results[0].is_ok() && results[2].is_ok());
        assert!(matches!(&results[1], Err(CommitError::Store(_))));
        assert_eq!(*written.lock().expect("no test panics while holding it"), [1, 2]);
    }
}
