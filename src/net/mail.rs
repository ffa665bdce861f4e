//! Plain mail to staff over SMTP. Letters to people are another matter and come with the e-mail channel.
use crate::settings::Secret;
use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

/// Sends mail over one pooled SMTP connection.
#[derive(Clone)]
pub struct Mailer {
    smtp: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mailer").finish_non_exhaustive()
    }
}

/// Why a mail was not sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// An address is not one.
    #[error("not a mail address")]
    Address(#[from] lettre::address::AddressError),
    /// The message could not be put together.
    #[error("message")]
    Message(#[from] lettre::error::Error),
    /// The server did not take it.
    #[error("SMTP")]
    Smtp(#[from] lettre::transport::smtp::Error),
}

impl Mailer {
    /// A mailer for `url` (`smtp://…`, `smtps://…`), writing as `from`.
    ///
    /// # Errors
    /// Where either cannot be read.
    pub fn new(url: &Secret, from: &str) -> Result<Self, MailError> {
        let smtp = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose())?.build();
        Ok(Self { smtp, from: from.parse()? })
    }

    /// Sends one plain mail.
    ///
    /// # Errors
    /// See [`MailError`]; the caller tries again later.
    pub async fn send(&self, to: &str, subject: &str, body: String) -> Result<(), MailError> {
        let message = Message::builder().from(self.from.clone()).to(to.parse()?).subject(subject).body(body)?;
        self.smtp.send(message).await?;
        Ok(())
    }
}
