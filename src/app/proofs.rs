//! Proof before telling: a code that is tried, an officer's word, and who is let know that there is news. Codes go only to
//! contacts that the association recorded before the conversation began (`codes`), never to the address that asks.
use super::codes::CODE;
use super::intake::happen;
use super::requests::RequestError;
use super::state::App;
use crate::engine::CODE_MARKER;
use crate::model::{CodeOutcome, Content, ConversationId, EventKind, QueryAnswer, Timestamp};
use crate::settings::{Reader, Setting};
use crate::store::{ClaimedEvent, ProofLock, RequestRow, StoreError, Tx};
use crate::text::reference_key;
use std::time::Duration;

/// A contact counts once it has been on file for so long: nobody talks one in and has the code a minute later.
pub(super) const SETTLED: Duration = Duration::from_hours(24);
/// Wrong codes before an address must wait.
const TRIES: i16 = 3;
/// The first wait; each further one is four times as long.
const FIRST_WAIT: Duration = Duration::from_mins(15);
/// The longest wait.
const LONGEST_WAIT: Duration = Duration::from_hours(24);
/// Requests of one address that are told of.
pub(super) const MOST_TOLD: i64 = 5;

const PROOF_DAYS: Setting = Setting {
    name: "PROOF_DAYS",
    default: Some("90"),
    form: "days, 1 or more",
    help: "How long the proof that a request is a person's own holds on an address.",
    secret: false,
};
const DECISION_TOLD_BY: Setting = Setting {
    name: "DECISION_TOLD_BY",
    default: Some("officer"),
    form: "officer or bot",
    help: "Who tells a person what was decided. With `officer` the bot says only that there is a decision.",
    secret: false,
};
/// All of them.
pub(super) const SETTINGS: &[Setting] = &[PROOF_DAYS, DECISION_TOLD_BY];

/// Reads how long a proof holds, and whether the bot tells decisions.
pub(super) fn read(reader: &mut Reader) -> (Duration, bool) {
    let days = reader.parse_with(&PROOF_DAYS, |text| text.parse::<u64>().ok().filter(|days| *days > 0));
    let bot = reader.parse_with(&DECISION_TOLD_BY, |text| match text {
        "bot" => Some(true),
        "officer" => Some(false),
        _ => None,
    });
    (Duration::from_hours(24) * u32::try_from(days.unwrap_or(90)).unwrap_or(u32::MAX), bot.unwrap_or(false))
}

impl App {
    /// Tries a code in the turn's transaction.
    pub(super) async fn try_code(
        &self,
        tx: &mut Tx,
        claimed: &ClaimedEvent,
        code: &str,
    ) -> Result<QueryAnswer, StoreError> {
        let now = self.clock().now();
        let conversation = claimed.conversation;
        // What is kept of the message has no code in it; a replay reads the marker as one.
        if let EventKind::Received { language_hint, .. } = &claimed.event {
            let content = Content::Text { text: CODE_MARKER.to_owned() };
            let masked = EventKind::Received { content, language_hint: language_hint.clone() };
            tx.inbox_mask(claimed.id, &masked).await?;
        }
        let outcome = self.try_code_now(tx, conversation, code, now).await?;
        let (requests, _) = tx.proved(conversation, now, MOST_TOLD).await?;
        Ok(QueryAnswer::CodeTried { outcome, requests: self.with_page(requests) })
    }

    async fn try_code_now(
        &self,
        tx: &mut Tx,
        conversation: ConversationId,
        code: &str,
        now: Timestamp,
    ) -> Result<CodeOutcome, StoreError> {
        let lock = tx.proof_lock(conversation).await?;
        if let Some(until) = lock.until.filter(|until| *until > now) {
            return Ok(locked(now, until));
        }
        let ring = self.store().ring();
        let codes = tx.proof_codes(conversation, now, TRIES).await?;
        let right = codes.iter().find(|(id, _, hash)| ring.verify(&[CODE, id.as_bytes(), code.as_bytes()], hash));
        if let Some((id, request, _)) = right {
            tx.proof_used(*id, now).await?;
            tx.proof_lock_put(conversation, ProofLock::default()).await?;
            tx.prove((conversation, *request), "code", (now, now + self.settings().proof_life)).await?;
            return Ok(CodeOutcome::Proved);
        }
        tx.proof_tried(conversation, now).await?;
        let failures = lock.failures + 1;
        if failures < TRIES {
            tx.proof_lock_put(conversation, ProofLock { failures, level: lock.level, until: None }).await?;
            return Ok(CodeOutcome::Wrong);
        }
        let wait =
            FIRST_WAIT.saturating_mul(4_u32.saturating_pow(u32::from(lock.level.unsigned_abs()))).min(LONGEST_WAIT);
        let until = now + wait;
        let next = ProofLock { failures: 0, level: lock.level.saturating_add(1), until: Some(until) };
        tx.proof_lock_put(conversation, next).await?;
        Ok(locked(now, until))
    }

    /// Keeps that an officer has made sure that a request is a person's own, and tells the person.
    ///
    /// # Errors
    /// [`RequestError::NotFound`], or where the database does not answer.
    pub async fn prove_by_officer(
        &self,
        reference: &str,
        conversation: ConversationId,
        officer: &str,
    ) -> Result<(), RequestError> {
        let now = self.clock().now();
        let mut tx = self.store().begin().await?;
        let request = named(&mut tx, &[reference_key(reference)]).await?;
        let request = request.ok_or_else(|| RequestError::NotFound(reference.to_owned()))?;
        if tx.address_facts(conversation).await?.is_none() {
            return Err(RequestError::NoConversation(conversation));
        }
        let method = format!("officer:{officer}");
        tx.prove((conversation, request.id), &method, (now, now + self.settings().proof_life)).await?;
        tx.audit(&**self.clock(), &method, "prove", &format!("{} {conversation}", request.id)).await?;
        let key = format!("proof:{}:{}", request.id, now.as_micros());
        happen(&mut tx, &**self.clock(), conversation, key, EventKind::ProofConfirmed { attested: false }).await?;
        Ok(tx.commit().await?)
    }
}

/// The request that one of these keys names: ours first, then an embassy's.
pub(super) async fn named(tx: &mut Tx, keys: &[String]) -> Result<Option<RequestRow>, StoreError> {
    for key in keys {
        if let Some(request) = tx.request_find(key).await? {
            return Ok(Some(request));
        }
    }
    for key in keys {
        if let Some(request) = tx.request_of_embassy(key).await? {
            return Ok(Some(request));
        }
    }
    Ok(None)
}

fn locked(now: Timestamp, until: Timestamp) -> CodeOutcome {
    let minutes = now.until(until).as_secs().div_ceil(60);
    CodeOutcome::Locked { minutes: u32::try_from(minutes).unwrap_or(u32::MAX) }
}
