//! Whom an import would tell of what: shown before anybody is told.
use crate::app::App;
use crate::model::{RequestId, Stage};
use crate::store::{StoreError, Tx};
use std::collections::BTreeMap;
use std::sync::Mutex;

/// Whom an import would tell of what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forecast {
    /// People by kind of news (`decision`, `stage`, `papers`) and channel.
    pub told: BTreeMap<(&'static str, String), usize>,
    /// Requests with news on which nobody can be told: no address is proved.
    pub nobody: usize,
    /// People who wait for one of the new requests: those whose channel attests a contact of its file are told, the others
    /// become a task for staff.
    pub watching: usize,
}

/// A forecast in the making.
#[derive(Debug, Default)]
pub(super) struct Tally(Mutex<Forecast>);

impl Tally {
    pub(super) fn taken(self) -> Forecast {
        self.0.into_inner().expect("nobody panics while holding it")
    }

    fn with(&self, change: impl FnOnce(&mut Forecast)) {
        change(&mut self.0.lock().expect("nobody panics while holding it"));
    }
}

/// What kind of news a report brings.
pub(super) const fn kind(moved: bool, stage: Stage) -> &'static str {
    match (moved, stage) {
        (true, Stage::Decided) => "decision",
        (true, _) => "stage",
        (false, _) => "papers",
    }
}

impl App {
    /// Counts whom news of a request would reach.
    pub(super) async fn foretell(
        &self,
        tx: &mut Tx,
        tally: &Tally,
        request: RequestId,
        kind: &'static str,
    ) -> Result<(), StoreError> {
        let people = tx.proved_on(request).await?;
        if people.is_empty() {
            tally.with(|forecast| forecast.nobody += 1);
        }
        for conversation in people {
            let Some(address) = tx.address_facts(conversation).await? else { continue };
            tally.with(|forecast| *forecast.told.entry((kind, address.channel.to_string())).or_default() += 1);
        }
        Ok(())
    }

    /// Counts who waits for a request that is new.
    pub(super) async fn foretell_watches(
        &self,
        tx: &mut Tx,
        tally: &Tally,
        keys: (&str, Option<&str>),
    ) -> Result<(), StoreError> {
        let waiting = tx.watches_waiting(keys, self.clock().now()).await?;
        tally.with(|forecast| forecast.watching += usize::try_from(waiting).unwrap_or(0));
        Ok(())
    }
}
