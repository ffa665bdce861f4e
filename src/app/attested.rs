//! Addresses that their channel itself vouches for: the one place that decides what such a word proves.
//!
//! A transport says it with [`crate::channels::InboundEvent::attested`]: Telegram where somebody shares the number of their own
//! account, later WhatsApp with every message and e-mail with an aligned signature. Only its keyed hash is kept.
use super::proofs::{MOST_TOLD, SETTLED};
use super::state::App;
use crate::model::{ConversationId, QueryAnswer, RequestId};
use crate::store::{StoreError, Tx};
use std::time::Duration;

/// A channel's word is good for a proof for so long: a number may belong to somebody else tomorrow. A channel that vouches with
/// every message renews it with every message.
const FRESH: Duration = Duration::from_hours(1);

impl App {
    /// Proves on an address the requests whose file names a contact that its channel vouches for: all of them, or `only` one.
    /// The contact counts once it has been on file for a day before the channel vouched for it. True where there was one.
    pub(super) async fn prove_attested(
        &self,
        tx: &mut Tx,
        conversation: ConversationId,
        only: Option<RequestId>,
    ) -> Result<bool, StoreError> {
        let now = self.clock().now();
        let mut requests: Vec<RequestId> = tx
            .attested_matches(conversation)
            .await?
            .into_iter()
            .filter(|one| only.is_none_or(|request| request == one.request))
            .filter(|one| one.recorded_at + SETTLED <= one.attested_at && now <= one.attested_at + FRESH)
            .map(|one| one.request)
            .collect();
        requests.dedup();
        requests.truncate(usize::try_from(MOST_TOLD).unwrap_or(usize::MAX));
        let Some(address) = tx.address_facts(conversation).await?.filter(|_| !requests.is_empty()) else {
            return Ok(false);
        };
        let method = format!("attested:{}", address.channel);
        for request in requests {
            tx.prove((conversation, request), &method, (now, now + self.settings().proof_life)).await?;
        }
        Ok(true)
    }

    /// Answers somebody who has just shared their own number.
    pub(super) async fn try_attested(
        &self,
        tx: &mut Tx,
        conversation: ConversationId,
    ) -> Result<QueryAnswer, StoreError> {
        let matched = self.prove_attested(tx, conversation, None).await?;
        let (requests, _) = tx.proved(conversation, self.clock().now(), MOST_TOLD).await?;
        Ok(QueryAnswer::Attested { matched, requests })
    }
}
