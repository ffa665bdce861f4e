//! Telling staff of tickets: number and kind only, repeated until somebody takes them.
use super::state::App;
use super::turns::chain;
use crate::model::{ConversationId, DeliveryId, LocaleTag, OutboundPart, Rich, Timestamp, Urgency, Value};
use crate::net::Mailer;
use crate::settings::{Reader, Setting};
use crate::store::{StoreError, TicketRow};
use std::collections::BTreeMap;
use std::time::Duration;
use uuid::Uuid;

const STAFF_NOTIFY: Setting = Setting {
    name: "STAFF_NOTIFY",
    default: None,
    form: "`telegram:<chat id>` or `mailto:<address>`",
    help: "Where staff learn of new tickets: number and kind only, repeated until taken.",
    secret: false,
};
const SMTP_URL: Setting = Setting {
    name: "SMTP_URL",
    default: None,
    form: "`smtps://user:password@host` or `smtp://host:port`",
    help: "The mail server, for notices to staff and codes to addresses on file.",
    secret: true,
};
const MAIL_FROM: Setting =
    Setting { name: "MAIL_FROM", default: None, form: "a mail address", help: "The sender of mail.", secret: false };
/// Settings of notices to staff.
pub(super) const SETTINGS: &[Setting] = &[STAFF_NOTIFY, SMTP_URL, MAIL_FROM];

/// Where staff are told.
#[derive(Debug, Clone)]
pub enum StaffTarget {
    /// A Telegram chat that the bot is in.
    Telegram(String),
    /// A mail address.
    Mail {
        /// The address.
        to: String,
        /// What carries it there.
        mailer: Mailer,
    },
}

impl StaffTarget {
    /// Reads it. None where it is unset. `mailer` carries mail.
    pub fn read(reader: &mut Reader, mailer: Option<Mailer>) -> Option<Self> {
        let target = reader.text(&STAFF_NOTIFY)?;
        if let Some(chat) = target.strip_prefix("telegram:").filter(|chat| chat.parse::<i64>().is_ok()) {
            return Some(Self::Telegram(chat.to_owned()));
        }
        let Some(to) = target.strip_prefix("mailto:").filter(|to| to.contains('@')) else {
            reader.problem(STAFF_NOTIFY.name, STAFF_NOTIFY.form);
            return None;
        };
        if mailer.is_none() {
            reader.problem(STAFF_NOTIFY.name, "`SMTP_URL` and `MAIL_FROM` beside a mail address");
        }
        mailer.map(|mailer| Self::Mail { to: to.to_owned(), mailer })
    }
}

/// Reads what carries mail. None where it is not set up.
pub(super) fn mailer(reader: &mut Reader) -> Option<Mailer> {
    let (smtp, from) = (reader.secret(&SMTP_URL), reader.text(&MAIL_FROM));
    let (smtp, from) = (smtp?, from?);
    let mailer = Mailer::new(&smtp, &from).ok();
    if mailer.is_none() {
        reader.problem(SMTP_URL.name, SMTP_URL.form);
    }
    mailer
}

impl App {
    /// Tells staff of tickets whose time has come. Returns how many.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn tell_staff(&self) -> Result<usize, StoreError> {
        let Some(target) = &self.settings().staff else { return Ok(0) };
        let now = self.clock().now();
        let mut tx = self.store().begin().await?;
        let tickets = tx.tickets_to_notify(now, 20).await?;
        for ticket in &tickets {
            tx.ticket_notified(ticket.id, now + again(ticket)).await?;
        }
        tx.commit().await?;
        for ticket in &tickets {
            // What fails now is told again: the next time is already written down.
            if let Err(error) = self.tell(target, ticket, now).await {
                tracing::warn!(ticket = %ticket.reference, error = %chain(&*error), "staff not told");
                metrics::counter!("awasir_staff_notices_failed_total").increment(1);
            }
        }
        Ok(tickets.len())
    }

    async fn tell(
        &self,
        target: &StaffTarget,
        ticket: &TicketRow,
        now: Timestamp,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let minutes = ticket.created_at.until(now).as_secs() / 60;
        let args = BTreeMap::from([
            ("reference".to_owned(), Value::Text(ticket.reference.to_string())),
            ("kind".to_owned(), Value::Phrase { phrase: format!("ticket-kind-{}", ticket.kind) }),
            ("urgency".to_owned(), Value::Phrase { phrase: format!("ticket-urgency-{}", ticket.urgency) }),
            #[expect(clippy::cast_precision_loss, reason = "minutes of a ticket's age are few")]
            ("minutes".to_owned(), Value::Number(minutes as f64)),
        ]);
        let text = self.catalog().phrase(&LocaleTag::ARABIC, "staff-ticket", &args);
        match target {
            StaffTarget::Mail { to, mailer } => {
                let subject = self.catalog().phrase(&LocaleTag::ARABIC, "staff-ticket-subject", &args).to_plain();
                mailer.send(to, &subject, text.to_plain()).await?;
            }
            StaffTarget::Telegram(chat) => self.tell_telegram(chat, text).await?,
        }
        Ok(())
    }

    async fn tell_telegram(&self, chat: &str, text: Rich) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let transport = self.transport("telegram").ok_or("Telegram is off: set `TELEGRAM_BOT_TOKEN`")?;
        let part = OutboundPart {
            delivery: DeliveryId(self.clock().id()),
            conversation: ConversationId(Uuid::nil()),
            to: chat.to_owned(),
            text,
            choices: Vec::new(),
            share: None,
            picture: None,
            locale: LocaleTag::ARABIC,
        };
        transport.send(&part).await?;
        Ok(())
    }
}

/// When staff are told again, the sooner the more urgent.
fn again(ticket: &TicketRow) -> Duration {
    Duration::from_secs(match ticket.urgency {
        Urgency::Emergency => 2 * 60,
        Urgency::High => 15 * 60,
        Urgency::Normal => 2 * 60 * 60,
    })
}
