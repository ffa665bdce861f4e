//! One-time codes: who gets one, and on which way. References that people named are looked up by a worker, so that the turn
//! that answers is the same whether a reference is unknown, known, locked or without a contact.
//!
//! Budgets keep strangers from guessing and from shutting the family out. An address has its own; a request has one for
//! addresses on which it was proved before (nobody else can touch it), one for the web chat (whose addresses cost nothing),
//! and one for all other channels. Where the last two are spent staff get a task to call the contact on file. What remains:
//! somebody with several accounts can use up a day's codes for addresses that are new here; a shared number and an officer
//! stay open even then. Budgets name nobody, so that an erasure does not fill them anew.
use super::proofs::{SETTLED, named};
use super::state::App;
use super::tasks::Task;
use crate::channels::Transport;
use crate::engine::{CODE_MINUTES, CODES};
use crate::model::{
    ChannelName, ContactKind, ConversationId, DeliveryId, EventKind, Lane, LocaleTag, MessageId, OutboundPart, Rich,
    TicketKind, Timestamp, Urgency, Value,
};
use crate::net::Mailer;
use crate::store::{AddressFacts, ContactRow, NewDelivery, ProofAsk, RequestRow, StoreError, Tx};
use crate::text;
use rand::RngExt as _;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// How long a code is good.
pub(super) const CODE_LIFE: Duration = Duration::from_secs(CODE_MINUTES as u64 * 60);
/// What the keyed hash of a code begins with.
pub(super) const CODE: &[u8] = b"proof code";
/// Over which codes are counted.
pub(super) const BUDGET: Duration = Duration::from_hours(24);
/// References looked up in one transaction.
const GROUP: i64 = 50;
/// Codes that one address gets in a day: of all requests, and of one.
const OF_ADDRESS: (i64, i64) = (8, 4);
/// The staff's word for a budget that is spent.
const SPENT: &str = "codes-spent";

/// Whose codes count together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pool {
    /// Addresses on which the request was proved before.
    Known,
    /// The web chat: a new address costs a click.
    Web,
    /// Accounts on a platform.
    Other,
}

impl Pool {
    const fn word(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::Web => "web",
            Self::Other => "other",
        }
    }

    /// Codes of one request in a day.
    const fn most(self) -> i64 {
        match self {
            // Each address has its own limit already; this many addresses share no request.
            Self::Known => 40,
            Self::Web => 4,
            Self::Other => 8,
        }
    }
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

    /// Answers what somebody named: a proof, a code in the outbox, a letter to mail after the commit, or nothing for each of
    /// many reasons, which nobody outside learns.
    async fn answer_ask(&self, tx: &mut Tx, ask: &ProofAsk, now: Timestamp) -> Result<Option<Letter>, StoreError> {
        let Some(request) = named(tx, &ask.keys).await? else { return Ok(None) };
        if self.prove_attested(tx, ask.conversation, Some(request.id)).await? {
            let key = format!("proof:{}", ask.id);
            let kind = EventKind::ProofConfirmed { attested: true };
            super::intake::happen(tx, &**self.clock(), ask.conversation, key, kind).await?;
            return Ok(None);
        }
        let locked = tx.proof_lock(ask.conversation).await?.until.is_some_and(|until| until > now);
        let Some(address) = tx.address_facts(ask.conversation).await?.filter(|_| !locked) else { return Ok(None) };
        let known = |contact: &ContactRow| contact.recorded_at + SETTLED <= ask.at && contact.value != address.value;
        let contacts = tx.request_contacts(request.id).await?;
        let reached =
            contacts.into_iter().filter(known).find_map(|contact| Some((self.carrier(contact.kind)?, contact)));
        let Some((carrier, contact)) = reached else { return Ok(None) };
        if !self.within_budget(tx, &address, &request, now).await? {
            return Ok(None);
        }
        let code = format!("{:06}", rand::rng().random_range(0..CODES));
        let id = self.clock().id();
        let hash = self.store().ring().hash(&[CODE, id.as_bytes(), code.as_bytes()]);
        let (delivery, letter) = match carrier {
            Carrier::Transport(transport) => {
                let delivery = self.code_delivery(&*transport, contact.value, &code, &ask.locale, now);
                let id = delivery.part.delivery;
                tx.deliveries_insert(&[delivery]).await?;
                metrics::counter!("awasir_codes_total", "outcome" => "queued").increment(1);
                (Some(id), None)
            }
            Carrier::Mail(mailer) => {
                (None, Some(Letter { mailer, to: contact.value, code, locale: ask.locale.clone() }))
            }
        };
        tx.proof_code((id, delivery), (ask.conversation, request.id), &hash, (now, now + CODE_LIFE)).await?;
        Ok(letter)
    }

    /// Takes one code of the budgets. False where one is spent; staff learn of it once.
    async fn within_budget(
        &self,
        tx: &mut Tx,
        address: &AddressFacts,
        request: &RequestRow,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let since = now - BUDGET;
        let (all, of_this) = tx.codes_asked_by(address.conversation, request.id, since).await?;
        if all >= OF_ADDRESS.0 || of_this >= OF_ADDRESS.1 {
            return Ok(false);
        }
        let pool = match address.channel.as_str() {
            _ if tx.ever_proved(address.conversation, request.id).await? => Pool::Known,
            "webchat" => Pool::Web,
            _ => Pool::Other,
        };
        if tx.codes_spent(request.id, pool.word(), since).await? < pool.most() {
            tx.code_spend(self.clock().id(), request.id, pool.word(), now).await?;
            return Ok(true);
        }
        if !tx.ticket_about(request.id, SPENT).await? {
            let words = format!(
                "request {}: all codes of a day were asked for from new addresses ({}). Somebody may be guessing, or the family \
                 cannot get in: call the contact on file; `awasir requests prove` links a conversation",
                request.reference,
                pool.word()
            );
            let task = Task {
                kind: TicketKind::Call,
                urgency: Urgency::High,
                topic: SPENT,
                request: Some(request.id),
                contact: None,
                channel: ChannelName::new("telephone"),
                words,
            };
            self.open_task(tx, task).await?;
        }
        Ok(false)
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

    /// The code as a delivery of the code lane: written before it is sent, never sent again where the outcome is unknown, and
    /// of no conversation, so that no chat and no copy of somebody's data shows it.
    fn code_delivery(
        &self,
        transport: &dyn Transport,
        to: String,
        code: &str,
        locale: &LocaleTag,
        at: Timestamp,
    ) -> NewDelivery {
        NewDelivery {
            part: OutboundPart {
                delivery: DeliveryId(self.clock().id()),
                conversation: ConversationId(Uuid::nil()),
                to,
                text: Rich::plain(&*self.code_text(code, locale)),
                choices: Vec::new(),
                share: None,
                picture: None,
                locale: locale.clone(),
            },
            message: MessageId(self.clock().id()),
            transport: transport.name(),
            account: transport.account(),
            lane: Lane::Code,
            place: 0,
            at,
            due_at: at,
            first_try: None,
        }
    }

    /// What it is for, whose it is, and the code. Without isolating marks: they turn up in codes that are copied.
    fn code_text(&self, code: &str, locale: &LocaleTag) -> String {
        let minutes = Value::Number(f64::from(CODE_MINUTES));
        let args = BTreeMap::from([("code".to_owned(), Value::Text(code.to_owned())), ("minutes".to_owned(), minutes)]);
        let text = self.catalog().phrase(locale, "proof-code", &args).to_plain();
        text::strip_isolates(&text).into_owned()
    }
}

/// What carries a code to a contact on file.
enum Carrier {
    Transport(Arc<dyn Transport>),
    Mail(Mailer),
}

/// A code that the staff's mailer carries, where there is no transport for mail. Prints nothing of itself.
struct Letter {
    mailer: Mailer,
    to: String,
    code: String,
    locale: LocaleTag,
}

impl Letter {
    /// Sends it. False where that failed.
    async fn send(self, app: &App) -> bool {
        let subject = app.catalog().phrase(&self.locale, "proof-code-subject", &BTreeMap::new()).to_plain();
        self.mailer.send(&self.to, &subject, app.code_text(&self.code, &self.locale)).await.is_ok()
    }
}
