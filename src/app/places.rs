//! Places for calls under way on a transport: how many at once, how many of them for notices, and who waits for one.
use super::state::App;
use crate::channels::Transport;
use crate::model::{AccountName, Lane, TransportName};
use crate::store::Wake;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, RwLock};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Tries of one transport whose end waits to be written, at most.
const OPEN: usize = 512;
/// One place in so many is for notices at most: replies and codes never wait behind them.
const NOTICE_SHARE: usize = 4;
/// While replies keep coming, notices are looked at every so many rounds: behind replies, but never starved.
const NOTICE_ROUND: u32 = 8;

/// Places for calls under way on one transport.
#[derive(Debug, Clone)]
pub(super) struct Places {
    all: Arc<Semaphore>,
    notices: Arc<Semaphore>,
    /// Tries whose end is not written yet: a call that is over gives its place free, not this.
    open: Arc<Semaphore>,
    /// The last claim filled every free place, so more may wait: whoever ends a call says that a place is free.
    full: Arc<AtomicBool>,
    rounds: Arc<AtomicU32>,
}

/// One place taken for one call.
#[derive(Debug)]
pub(super) struct Place {
    call: [Option<OwnedSemaphorePermit>; 2],
    open: Option<OwnedSemaphorePermit>,
    full: Arc<AtomicBool>,
}

impl Places {
    pub(super) fn new(transport: &dyn Transport) -> Self {
        let all = transport.limits().in_flight.max(1);
        Self {
            all: Arc::new(Semaphore::new(all)),
            notices: Arc::new(Semaphore::new((all / NOTICE_SHARE).max(1))),
            open: Arc::new(Semaphore::new(OPEN)),
            full: Arc::default(),
            rounds: Arc::default(),
        }
    }

    /// How many parts of the lanes that are not notices may be claimed now.
    pub(super) fn free(&self) -> usize {
        let free = self.all.available_permits().min(self.open.available_permits());
        if free == 0 {
            self.full.store(true, Ordering::SeqCst);
        }
        free
    }

    /// How many notices may be claimed now, after a claim that began `replies` calls.
    pub(super) fn free_for_notices(&self, replies: usize) -> usize {
        // Looked at when no reply waits, and now and then while replies keep coming.
        if replies > 0 && !self.rounds.fetch_add(1, Ordering::Relaxed).is_multiple_of(NOTICE_ROUND) {
            return 0;
        }
        // The larger half: a transport with a single place would never send a notice else.
        self.notices.available_permits().min(self.all.available_permits().div_ceil(2))
    }

    /// Notes whether the last claim found as much as it had places for.
    pub(super) fn claimed(&self, all_there_was_room_for: bool) {
        self.full.store(all_there_was_room_for, Ordering::SeqCst);
    }

    /// A place at once. None where none is free, or where parts claimed before wait for one.
    pub(super) fn try_take(&self) -> Option<Place> {
        if self.full.load(Ordering::SeqCst) {
            return None;
        }
        let open = self.open.clone().try_acquire_owned().ok()?;
        let all = self.all.clone().try_acquire_owned().ok()?;
        Some(Place { call: [Some(all), None], open: Some(open), full: self.full.clone() })
    }

    /// A place for a part that was claimed because there was one.
    pub(super) async fn take(&self, lane: Lane) -> Place {
        let take = |of: &Arc<Semaphore>| of.clone().acquire_owned();
        let open = take(&self.open).await.expect("places are never closed");
        let all = take(&self.all).await.expect("places are never closed");
        let notice = match lane {
            Lane::Notice => Some(take(&self.notices).await.expect("places are never closed")),
            Lane::Reply | Lane::Code => None,
        };
        Place { call: [Some(all), notice], open: Some(open), full: self.full.clone() }
    }

    /// Waits until nothing is under way, and every end is written.
    pub(super) async fn drained(&self) {
        let _ = self.open.acquire_many(u32::try_from(OPEN).unwrap_or(u32::MAX)).await;
    }
}

impl Place {
    /// The call is over; its end is still to be written.
    pub(super) fn call_over(&mut self, app: &App) {
        self.call = [None, None];
        self.say(app);
    }

    /// The call's end is written.
    pub(super) fn settled(mut self, app: &App) {
        self.open = None;
        self.say(app);
    }

    /// A free place may be what the next part waits for.
    fn say(&self, app: &App) {
        if self.full.swap(false, Ordering::SeqCst) {
            app.store().wake(Wake::Deliveries);
        }
    }
}

type Account = (TransportName, AccountName);

/// The transports that this process sends by, once its loops run.
#[derive(Debug, Default)]
pub(super) struct Outlets(RwLock<HashMap<Account, (Arc<dyn Transport>, Places)>>);

impl Outlets {
    pub(super) fn open(&self, transport: &Arc<dyn Transport>) -> Places {
        let places = Places::new(&**transport);
        let account = (transport.name(), transport.account());
        let outlet = (transport.clone(), places.clone());
        self.0.write().expect("nobody panics while holding it").insert(account, outlet);
        places
    }

    /// Nothing is sent from a turn any more: what is due waits in the outbox.
    pub(super) fn close(&self) {
        self.0.write().expect("nobody panics while holding it").clear();
    }

    /// The transport and a place on it. None where it is not sent by here, or has no place free.
    pub(super) fn try_take(&self, account: &Account) -> Option<(Arc<dyn Transport>, Place)> {
        let outlets = self.0.read().expect("nobody panics while holding it");
        let (transport, places) = outlets.get(account)?;
        Some((transport.clone(), places.try_take()?))
    }
}
