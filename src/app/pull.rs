//! Transports that are asked for their messages: one process at a time under a lease, confirmed only after the commit.
use super::state::App;
use super::turns::chain;
use crate::channels::{HookCall, SendError, Transport};
use crate::store::StoreError;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// Longer than one long poll (25 s) with its commit, so that a healthy process keeps it.
const LEASE: Duration = Duration::from_mins(1);
/// The wait after a failure; another process may have the lease, or the platform is away.
const REST: Duration = Duration::from_secs(5);
/// The method of a pulled body: not one that a network call can have, so that it needs no signature.
pub const PULLED: &str = "PULL";

impl App {
    /// One round of asking. Returns how long to rest before the next.
    pub(super) async fn run_pull(&self, transport: &Arc<dyn Transport>) -> Duration {
        match self.pull_once(transport).await {
            Ok(true) => Duration::ZERO,
            Ok(false) => REST,
            Err(error) => {
                tracing::warn!(transport = %transport.name(), error = %chain(&*error), "pull failed");
                REST
            }
        }
    }

    /// False where another process has the lease.
    async fn pull_once(
        &self,
        transport: &Arc<dyn Transport>,
    ) -> Result<bool, Box<dyn std::error::Error + Send + Sync>> {
        let (name, account) = (transport.name(), transport.account());
        let now = self.clock().now();
        let mut tx = self.store().begin().await?;
        let ours = tx.lease_take(&lease_name(&**transport), self.process(), now, now + LEASE).await?;
        tx.commit().await?;
        if !ours {
            return Ok(false);
        }
        let cursor = self.store().cursor(&name, &account).await?;
        let pulled = match transport.pull(cursor.as_deref()).await {
            Ok(pulled) => pulled,
            Err(SendError::Retry { after, .. }) => {
                self.clock().sleep(after.unwrap_or(REST)).await;
                return Ok(true);
            }
            Err(error) => return Err(Box::new(error)),
        };
        let last = pulled.bodies.len().saturating_sub(1);
        for (place, body) in pulled.bodies.into_iter().enumerate() {
            let call = HookCall {
                method: PULLED.to_owned(),
                url: String::new(),
                query: BTreeMap::new(),
                headers: BTreeMap::new(),
                body,
                peer: None,
                now: self.clock().now(),
            };
            // The cursor moves in the transaction of the last body: what is not committed is asked for again.
            let cursor = pulled.cursor.clone().filter(|_| place == last);
            self.take(&**transport, &call, cursor).await?;
        }
        Ok(true)
    }

    /// Gives the leases of pulled transports back at the end.
    pub(super) async fn release_pulls(&self) -> Result<(), StoreError> {
        let mut tx = self.store().begin().await?;
        for transport in self.transports() {
            tx.lease_give_back(&lease_name(&**transport), self.process()).await?;
        }
        tx.commit().await
    }
}

fn lease_name(transport: &dyn Transport) -> String {
    format!("pull:{}:{}", transport.name(), transport.account())
}
