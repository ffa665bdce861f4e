//! The loops of a running program, and their orderly end.
use super::commit::Pace;
use super::intake::happen;
use super::notices::NoticesRound;
use super::places::Places;
use super::state::App;
use super::turns::chain;
use crate::channels::{Inlet, Transport};
use crate::model::EventKind;
use crate::store::{StoreError, Wake};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// The safety net under wakes: nothing waits longer than this for being looked at.
const POLL: Duration = Duration::from_secs(1);
/// How often lost and unknown deliveries are looked for.
const SWEEP: Duration = Duration::from_secs(5);
/// How often what may be said is compared with the database (design: every process within 5 s).
const LIBRARY: Duration = Duration::from_secs(4);
/// How often people are looked for who have heard nothing for long.
const SILENCE: Duration = Duration::from_mins(15);
/// The rest of notices while enough of them wait to be stepped.
const BREATH: Duration = Duration::from_millis(20);
/// How often files that wait for the scanner, or to be deleted, are looked for.
const PAPERS: Duration = Duration::from_secs(30);
/// How often retention runs.
const RETAIN: Duration = Duration::from_hours(1);
/// The rest after a failure of the database.
const REST: Duration = Duration::from_millis(500);
/// How long a round waits for company under load. Far below what a person notices; it makes groups of single messages.
const LINGER: Duration = Duration::from_millis(8);
/// How long calls under way may take to finish at the end.
const DRAIN: Duration = Duration::from_secs(45);

/// What this process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Everything.
    All,
    /// Pages, webhooks, API.
    Web,
    /// Turns, deliveries, timers.
    Workers,
}

/// Loops under way.
#[derive(Debug)]
pub struct Running {
    app: App,
    tracker: TaskTracker,
    stop: CancellationToken,
    places: Vec<Places>,
}

impl App {
    /// Starts the loops of `role`.
    #[must_use]
    pub fn run(&self, role: Role) -> Running {
        let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
        let mut places = Vec::new();
        let app = self.clone();
        tracker.spawn(until(stop.clone(), async move { app.listen_forever().await }));
        let app = self.clone();
        let library = self.store().waiter(Wake::Library);
        tracker.spawn(every(stop.clone(), library, LIBRARY, move || {
            let app = app.clone();
            async move { app.refresh_library().await.map(|()| false).map_err(|error| chain(&error)) }
        }));
        if role != Role::Web {
            self.start_turns(&tracker, &stop);
            self.start_chores(&tracker, &stop);
            for transport in self.transports() {
                places.push(self.start_deliveries(&tracker, &stop, transport));
                if transport.inlet() == Inlet::Pull {
                    let (app, transport, stop) = (self.clone(), transport.clone(), stop.clone());
                    tracker.spawn(until(stop, async move {
                        loop {
                            let rest = app.run_pull(&transport).await;
                            app.clock().sleep(rest).await;
                        }
                    }));
                }
            }
        }
        tracker.close();
        Running { app: self.clone(), tracker, stop, places }
    }

    fn start_turns(&self, tracker: &TaskTracker, stop: &CancellationToken) {
        let app = self.clone();
        tracker.spawn(every(stop.clone(), self.store().waiter(Wake::Turns), POLL, move || {
            let app = app.clone();
            async move { app.run_turns().await.map(|count| count > 0).map_err(|error| chain(&error)) }
        }));
    }

    fn start_deliveries(
        &self,
        tracker: &TaskTracker,
        stop: &CancellationToken,
        transport: &Arc<dyn Transport>,
    ) -> Places {
        let places = self.outlets().open(transport);
        let (app, transport, mine) = (self.clone(), transport.clone(), places.clone());
        tracker.spawn(every(stop.clone(), self.store().waiter(Wake::Deliveries), POLL, move || {
            let (app, transport, places) = (app.clone(), transport.clone(), mine.clone());
            async move {
                app.run_deliveries(&transport, &places).await.map(|count| count > 0).map_err(|error| chain(&error))
            }
        }));
        places
    }

    fn start_chores(&self, tracker: &TaskTracker, stop: &CancellationToken) {
        let app = self.clone();
        tracker.spawn(every(stop.clone(), never(), POLL, move || {
            let app = app.clone();
            async move { app.fire_timers().await.map(|count| count > 0).map_err(|error| chain(&error)) }
        }));
        let app = self.clone();
        tracker.spawn(every(stop.clone(), self.store().waiter(Wake::Proofs), POLL, move || {
            let app = app.clone();
            async move { app.run_proofs().await.map(|count| count > 0).map_err(|error| chain(&error)) }
        }));
        let app = self.clone();
        tracker.spawn(every(stop.clone(), self.store().waiter(Wake::Notices), POLL, move || {
            let app = app.clone();
            async move {
                match app.run_notices().await.map_err(|error| chain(&error))? {
                    NoticesRound::Done(count) => Ok(count > 0),
                    NoticesRound::Busy => {
                        app.clock().sleep(BREATH).await;
                        Ok(true)
                    }
                }
            }
        }));
        let app = self.clone();
        tracker.spawn(every(stop.clone(), never(), SILENCE, move || {
            let app = app.clone();
            async move { app.run_heartbeats().await.map(|count| count > 0).map_err(|error| chain(&error)) }
        }));
        let app = self.clone();
        tracker.spawn(every(stop.clone(), never(), SWEEP, move || {
            let app = app.clone();
            async move { app.sweep_deliveries().await.map(|()| false).map_err(|error| chain(&error)) }
        }));
        let app = self.clone();
        tracker.spawn(every(stop.clone(), self.store().waiter(Wake::Staff), SWEEP, move || {
            let app = app.clone();
            async move { app.tell_staff().await.map(|count| count > 0).map_err(|error| chain(&error)) }
        }));
        let app = self.clone();
        tracker.spawn(every(stop.clone(), never(), PAPERS, move || {
            let app = app.clone();
            async move { app.tend_papers().await.map(|()| false).map_err(|error| chain(&error)) }
        }));
        let app = self.clone();
        tracker.spawn(every(stop.clone(), never(), RETAIN, move || {
            let app = app.clone();
            async move { app.retain().await.map(|()| false).map_err(|error| chain(&error)) }
        }));
    }

    /// Puts the events of due timers in the inbox. Returns how many.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn fire_timers(&self) -> Result<usize, StoreError> {
        let now = self.clock().now();
        let mut tx = self.store().begin().await?;
        let due = tx.timers_take(now, 100).await?;
        if due.is_empty() {
            return Ok(0);
        }
        let count = due.len();
        for (conversation, name) in due {
            let key = format!("timer:{conversation}:{name}:{}", now.as_micros());
            happen(&mut tx, &**self.clock(), conversation, key, EventKind::TimerFired { name }).await?;
        }
        tx.commit().await?;
        Ok(count)
    }

    async fn listen_forever(&self) {
        loop {
            match self.store().listen().await {
                // SQLite has no other processes to hear from.
                Ok(()) => std::future::pending::<()>().await,
                Err(error) => {
                    tracing::warn!(error = %chain(&error), "notifications lost; polling goes on");
                    self.clock().sleep(REST).await;
                }
            }
        }
    }

    /// Does everything that is due now, once, in this task, until nothing is left: for `ask`, `chat` and tests.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn settle_everything(&self) -> Result<(), StoreError> {
        let outlets: Vec<_> = self.transports().iter().map(|one| (one, self.outlets().open(one))).collect();
        let settled = self.settle_rounds(&outlets).await;
        self.outlets().close();
        settled
    }

    async fn settle_rounds(&self, outlets: &[(&Arc<dyn Transport>, Places)]) -> Result<(), StoreError> {
        loop {
            self.sweep_deliveries().await?;
            let mut moved = self.fire_timers().await? + self.run_turns().await? + self.run_proofs().await?;
            moved += self.run_heartbeats().await?;
            if let NoticesRound::Done(count) = self.run_notices().await? {
                moved += count;
            }
            for (transport, places) in outlets {
                moved += self.run_deliveries(transport, places).await?;
                places.drained().await;
            }
            if moved == 0 {
                return Ok(());
            }
        }
    }
}

impl Running {
    /// Ends the loops: nothing new is claimed, calls under way finish. What does not finish in time is found by the sweeper
    /// of the next process.
    pub async fn stop(self) {
        self.stop.cancel();
        self.tracker.wait().await;
        self.app.outlets().close();
        let drained = futures::future::join_all(self.places.iter().map(Places::drained));
        if tokio::time::timeout(DRAIN, drained).await.is_err() {
            tracing::warn!("calls were still under way at the end; their outcome will be looked up");
        }
        if let Err(error) = self.app.release_pulls().await {
            tracing::warn!(error = %chain(&error), "leases not given back; they run out by themselves");
        }
        self.app.store().close().await;
    }
}

/// Runs `task` until `stop`.
async fn until(stop: CancellationToken, task: impl Future<Output = ()>) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = task => {}
    }
}

/// Runs `work` now, whenever `wake` says so and every `period`, again at once while it returns true, until `stop`.
/// A round under way is finished: nothing is left half done.
async fn every<F, W>(stop: CancellationToken, mut wake: watch::Receiver<()>, period: Duration, work: W)
where
    F: Future<Output = Result<bool, String>>,
    W: Fn() -> F,
{
    let mut pace = Pace::default();
    while !stop.is_cancelled() {
        match work().await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => {
                tracing::error!(%error, "round failed");
                tokio::time::sleep(REST).await;
            }
        }
        tokio::select! {
            () = stop.cancelled() => {}
            Ok(()) = wake.changed() => {
                // While wakes come one after the other, a round waits for company; a lone message never does.
                if pace.busy() {
                    tokio::time::sleep(LINGER).await;
                }
            }
            () = tokio::time::sleep(period) => {}
        }
    }
}

/// A wake that never comes.
fn never() -> watch::Receiver<()> {
    watch::Sender::new(()).subscribe()
}
