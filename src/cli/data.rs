//! `awasir export` and `awasir erase`: a person's rights over their data, carried out by staff.
use super::Failure;
use super::setup::{Config, start_logs};
use crate::app::App;
use crate::model::{ContactId, ConversationId, TicketReference};
use anyhow::Context as _;
use clap::Args;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Export {
    /// A contact's or a conversation's id, or the number of one of the person's tickets
    person: String,
    /// Your name, for the audit
    #[arg(long, env = "USER")]
    officer: String,
}

impl Export {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let config = Config::read()?;
        start_logs("error");
        let app = config.start(Vec::new(), false).await?;
        let contact = find(&app, &self.person).await?;
        let copy = app.export_contact(contact, &self.officer).await?;
        app.store().close().await;
        let copy = copy.context("nothing is kept of this person")?;
        println!("{}", serde_json::to_string_pretty(&copy)?);
        Ok(ExitCode::SUCCESS)
    }
}

#[derive(Debug, Args)]
pub(super) struct Erase {
    /// A contact's or a conversation's id, or the number of one of the person's tickets
    person: String,
    /// Your name, for the audit
    #[arg(long, env = "USER")]
    officer: String,
    /// Do it; without this, only says what would be destroyed
    #[arg(long)]
    yes: bool,
}

impl Erase {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let config = Config::read()?;
        start_logs("error");
        let app = config.start(Vec::new(), false).await?;
        let contact = find(&app, &self.person).await?;
        let conversations = app.store().conversations_of(contact).await?.len();
        if !self.yes {
            println!(
                "would destroy everything of contact {contact}: {conversations} conversation(s), tickets, consents"
            );
            println!("run again with `--yes`; it cannot be undone");
            return Ok(ExitCode::SUCCESS);
        }
        app.erase_contact(contact, &self.officer).await?;
        app.store().close().await;
        println!("destroyed; what stays: keys that catch repeats, numbers without a person, one line of audit");
        Ok(ExitCode::SUCCESS)
    }
}

async fn find(app: &App, person: &str) -> Result<ContactId, Failure> {
    if let Ok(id) = person.parse::<ConversationId>() {
        // Ids of people and conversations look the same.
        let contact = app.store().contact_of(id).await?.unwrap_or(ContactId(id.0));
        app.store().contact_name(contact).await?.context("nothing is kept of this person")?;
        return Ok(contact);
    }
    let reference = TicketReference::parse(person)
        .ok_or_else(|| Failure::Usage(format!("`{person}`: expected a conversation's id or a ticket's number")))?;
    let ticket = app.store().ticket(&reference).await?;
    let ticket = ticket.with_context(|| format!("no ticket has the number `{reference}`"))?;
    Ok(ticket.contact.context("the person of this ticket was erased")?)
}
