//! `awasir contacts`: people, also those who only call, write or come; one timeline for each.
use super::Failure;
use super::setup::{Config, start_logs};
use crate::app::{App, Moment, Whom};
use crate::model::{ContactId, ConversationId, StaffedChannel, TicketReference};
use anyhow::Context as _;
use clap::{ArgGroup, Args, Subcommand};
use serde_json::json;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub(super) enum Contacts {
    /// Write down what came by telephone, letter, interview or the embassy
    Log(Log),
    /// One timeline: messages, calls, letters, tickets; of a person or of a request
    Show {
        /// A contact's or conversation's id, a ticket's number, or a request's reference
        whom: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// Your name, for the audit
        #[arg(long, env = "USER")]
        officer: String,
    },
    /// People by words of their name, or by a request's reference
    Find {
        /// The words
        what: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("whom").required(true).args(["request", "conversation", "contact", "name"])))]
pub(super) struct Log {
    /// How it came: telephone, letter, interview or embassy
    #[arg(long, value_parser = |word: &str| StaffedChannel::parse(word).ok_or("expected `telephone`, `letter`, `interview` or `embassy`"))]
    channel: StaffedChannel,
    /// About this request
    #[arg(long)]
    request: Option<String>,
    /// From whoever writes in this conversation
    #[arg(long)]
    conversation: Option<ConversationId>,
    /// From somebody whom `awasir contacts find` shows
    #[arg(long)]
    contact: Option<ContactId>,
    /// From somebody new
    #[arg(long)]
    name: Option<String>,
    /// Your name, as colleagues know it
    #[arg(long, env = "USER")]
    officer: String,
    /// What came, in your words
    words: String,
}

impl Log {
    fn whom(&self) -> Option<Whom> {
        (self.request.clone().map(Whom::Request))
            .or_else(|| self.conversation.map(Whom::Conversation))
            .or_else(|| self.contact.map(Whom::Contact))
            .or_else(|| self.name.clone().map(Whom::Name))
    }
}

impl Contacts {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let config = Config::read()?;
        start_logs("error");
        let app = config.start(Vec::new(), false).await?;
        match self {
            Self::Log(log) => {
                let whom = log.whom().context("say about whom")?;
                let contact = app.log_staffed(&whom, log.channel, &log.officer, &log.words).await?;
                println!("written down; `awasir contacts show {contact}` shows the timeline");
            }
            Self::Show { whom, json, officer } => {
                let moments = moments(&app, &whom, &officer).await?;
                if json {
                    println!("{}", serde_json::to_string(&moments).context("not JSON")?);
                } else {
                    for moment in moments {
                        let text = moment.text.as_deref().unwrap_or("(no words kept)");
                        println!(
                            "{}  {:<10}  {:<4}  {:<16}  {text}",
                            moment.at, moment.channel, moment.direction, moment.author
                        );
                    }
                }
            }
            Self::Find { what, json } => find(&app, &what, json).await?,
        }
        app.store().close().await;
        Ok(ExitCode::SUCCESS)
    }
}

async fn find(app: &App, what: &str, as_json: bool) -> Result<(), Failure> {
    let people = app.contacts_find(what).await?;
    if as_json {
        let row = |(contact, name): &(ContactId, Option<String>)| json!({"contact": contact, "name": name});
        println!("{}", people.iter().map(row).collect::<serde_json::Value>());
    } else if people.is_empty() {
        println!("nobody found");
    }
    for (contact, name) in people.iter().filter(|_| !as_json) {
        println!("{contact}  {}", name.as_deref().unwrap_or("-"));
    }
    Ok(())
}

async fn moments(app: &App, whom: &str, officer: &str) -> Result<Vec<Moment>, Failure> {
    let nobody = || format!("nobody is kept under `{whom}`; `awasir contacts find` looks for people");
    if let Ok(id) = whom.parse::<ConversationId>() {
        // Ids of people and conversations look the same.
        let contact = app.store().contact_of(id).await?.unwrap_or(ContactId(id.0));
        return Ok(app.timeline(contact, officer).await?.with_context(nobody)?);
    }
    if let Some(reference) = TicketReference::parse(whom)
        && let Some(ticket) = app.store().ticket(&reference).await?
    {
        let contact = ticket.contact.with_context(nobody)?;
        return Ok(app.timeline(contact, officer).await?.with_context(nobody)?);
    }
    Ok(app.timeline_of_request(whom).await?.with_context(nobody)?)
}
