//! Proof before telling: references that were named are looked up by a worker, so that the turn that answers is the same
//! whether a reference is unknown, known, locked or without a contact. Codes go only to contacts that the association recorded
//! before the conversation began, never to the address that asks.
use super::intake::happen;
use super::requests::RequestError;
use super::state::App;
use crate::channels::Transport;
use crate::engine::{CODE_MARKER, CODE_MINUTES, CODES};
use crate::model::{
    CodeOutcome, ContactKind, Content, ConversationId, DeliveryId, EventKind, LocaleTag, OutboundPart, QueryAnswer,
    RequestId, Timestamp, Value,
};
use crate::settings::{Reader, Setting};
use crate::store::{ClaimedEvent, ContactRow, ProofAsk, ProofLock, RequestRow, StoreError, Tx};
use crate::text::reference_key;
use rand::RngExt as _;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// How long a code is good.
const CODE_LIFE: Duration = Duration::from_secs(CODE_MINUTES as u64 * 60);
/// What the keyed hash of a code begins with.
const CODE: &[u8] = b"proof code";
/// A contact counts once it has been on file for so long: nobody talks one in and has the code a minute later.
const SETTLED: Duration = Duration::from_hours(24);
/// Wrong codes before an address must wait.
const TRIES: i16 = 3;
/// The first wait; each further one is four times as long.
const FIRST_WAIT: Duration = Duration::from_mins(15);
/// The longest wait.
const LONGEST_WAIT: Duration = Duration::from_hours(24);
/// Codes of one request in a day, whoever asks; addresses on which it is proved already need none.
const CODES_A_DAY: i64 = 5;
/// References looked up in one transaction.
const GROUP: i64 = 50;
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
    /// Looks up references that people named, and sends codes. Returns how many were looked up.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn run_proofs(&self) -> Result<usize, StoreError> {
        let now = self.clock().now();
        let mut tx = self.store().begin().await?;
        let asks = tx.proof_asks(GROUP, now).await?;
        let mut letters = Vec::new();
        for ask in &asks {
            letters.extend(self.answer_ask(&mut tx, ask, now).await?);
        }
        tx.commit().await?;
        for letter in letters {
            // A code that does not arrive is asked for again: it is never said twice by itself.
            let outcome = if letter.send(self).await { "sent" } else { "failed" };
            metrics::counter!("awasir_codes_total", "outcome" => outcome).increment(1);
        }
        Ok(asks.len())
    }

    /// The code to send for what somebody named. None for each of many reasons, which nobody outside learns.
    async fn answer_ask(&self, tx: &mut Tx, ask: &ProofAsk, now: Timestamp) -> Result<Option<Letter>, StoreError> {
        let Some(request) = named(tx, &ask.keys).await? else { return Ok(None) };
        let locked = tx.proof_lock(ask.conversation).await?.until.is_some_and(|until| until > now);
        let Some(address) = tx.address_facts(ask.conversation).await?.filter(|_| !locked) else { return Ok(None) };
        if tx.proof_codes_sent(request.id, now - Duration::from_hours(24)).await? >= CODES_A_DAY {
            return Ok(None);
        }
        let known = |contact: &ContactRow| contact.recorded_at + SETTLED <= ask.at && contact.value != address.value;
        let contacts = tx.request_contacts(request.id).await?;
        let reached =
            contacts.into_iter().filter(known).find_map(|contact| Some((self.carrier(contact.kind)?, contact)));
        let Some((carrier, contact)) = reached else { return Ok(None) };
        let code = format!("{:06}", rand::rng().random_range(0..CODES));
        let id = self.clock().id();
        let hash = self.store().ring().hash(&[CODE, id.as_bytes(), code.as_bytes()]);
        tx.proof_code(id, (ask.conversation, request.id), &hash, (now, now + CODE_LIFE)).await?;
        Ok(Some(Letter { carrier, to: contact.value, code, locale: ask.locale.clone() }))
    }

    /// What reaches a contact of this kind. None where nothing that is on does.
    fn carrier(&self, kind: ContactKind) -> Option<Carrier> {
        let channels: &[&str] = match kind {
            ContactKind::Telephone => &["sms", "whatsapp"],
            ContactKind::Email => &["email"],
        };
        let on = |channel: &&str| self.transports().iter().find(|one| one.channel().as_str() == *channel).cloned();
        let mailer = || self.settings().mailer.clone().filter(|_| kind == ContactKind::Email).map(Carrier::Mail);
        channels.iter().find_map(on).map(Carrier::Transport).or_else(mailer)
    }

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
        happen(&mut tx, &**self.clock(), conversation, key, EventKind::ProofConfirmed {}).await?;
        Ok(tx.commit().await?)
    }

    /// Lets those on whose addresses a request is proved know that there is news: now, or when the batch `hold` is released.
    pub(super) async fn tell_news(
        &self,
        tx: &mut Tx,
        request: RequestId,
        hold: Option<&str>,
    ) -> Result<(), StoreError> {
        for conversation in tx.proved_on(request).await? {
            match hold {
                Some(batch) => tx.notice_hold(batch, (conversation, request), self.clock().now()).await?,
                None => self.tell_one(tx, conversation).await?,
            }
        }
        Ok(())
    }

    async fn tell_one(&self, tx: &mut Tx, conversation: ConversationId) -> Result<(), StoreError> {
        let key = format!("news:{}", self.clock().id());
        happen(tx, &**self.clock(), conversation, key, EventKind::RequestNews {}).await
    }

    /// Lets everybody of a held batch know, each once, or nobody where `tell` is not set. Returns how many there were.
    ///
    /// # Errors
    /// Where the database does not answer; the batch is held on then.
    pub async fn notices_release(&self, batch: &str, officer: &str, tell: bool) -> Result<usize, StoreError> {
        let mut tx = self.store().begin().await?;
        let people = tx.notices_take(batch).await?;
        for conversation in people.iter().filter(|_| tell) {
            self.tell_one(&mut tx, *conversation).await?;
        }
        let action = if tell { "notices-release" } else { "notices-drop" };
        tx.audit(&**self.clock(), &format!("officer:{officer}"), action, batch).await?;
        tx.commit().await?;
        Ok(people.len())
    }
}

/// The request that one of these keys names: ours first, then an embassy's.
async fn named(tx: &mut Tx, keys: &[String]) -> Result<Option<RequestRow>, StoreError> {
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

/// What carries a code to a contact on file.
enum Carrier {
    Transport(Arc<dyn Transport>),
    Mail(crate::net::Mailer),
}

/// A code on its way. Prints nothing of itself.
struct Letter {
    carrier: Carrier,
    to: String,
    code: String,
    locale: LocaleTag,
}

impl Letter {
    /// Sends it. False where that failed.
    async fn send(self, app: &App) -> bool {
        let minutes = Value::Number(f64::from(CODE_MINUTES));
        let args = BTreeMap::from([("code".to_owned(), Value::Text(self.code)), ("minutes".to_owned(), minutes)]);
        let text = app.catalog().phrase(&self.locale, "proof-code", &args);
        match self.carrier {
            Carrier::Mail(mailer) => {
                let subject = app.catalog().phrase(&self.locale, "proof-code-subject", &BTreeMap::new()).to_plain();
                mailer.send(&self.to, &subject, text.to_plain()).await.is_ok()
            }
            Carrier::Transport(transport) => {
                let part = OutboundPart {
                    delivery: DeliveryId(app.clock().id()),
                    conversation: ConversationId(Uuid::nil()),
                    to: self.to,
                    text,
                    choices: Vec::new(),
                    picture: None,
                    locale: self.locale,
                };
                transport.send(&part).await.is_ok()
            }
        }
    }
}
