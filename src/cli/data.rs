//! `awasir export` and `awasir erase`: a person's rights over their data, carried out by staff.
use super::Failure;
use super::setup::{Config, start_logs};
use crate::app::App;
use crate::model::{ConversationId, TicketReference};
use anyhow::Context as _;
use clap::Args;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Export {
    /// A conversation's id, or the number of one of the person's tickets
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
        let conversation = find(&app, &self.person).await?;
        let copy = app.export(conversation, &self.officer).await?;
        app.store().close().await;
        let copy = copy.context("nothing is kept of this person")?;
        println!("{}", serde_json::to_string_pretty(&copy)?);
        Ok(ExitCode::SUCCESS)
    }
}

#[derive(Debug, Args)]
pub(super) struct Erase {
    /// A conversation's id, or the number of one of the person's tickets
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
        let conversation = find(&app, &self.person).await?;
        let contact = app.store().contact_of(conversation).await?.context("nothing is kept of this person")?;
        let conversations = app.store().conversations_of(contact).await?.len();
        if !self.yes {
            println!(
                "would destroy everything of contact {contact}: {conversations} conversation(s), tickets, consents"
            );
            println!("run again with `--yes`; it cannot be undone");
            return Ok(ExitCode::SUCCESS);
        }
        app.erase(conversation, &self.officer).await?;
        app.store().close().await;
        println!("destroyed; what stays: keys that catch repeats, numbers without a person, one line of audit");
        Ok(ExitCode::SUCCESS)
    }
}

async fn find(app: &App, person: &str) -> Result<ConversationId, Failure> {
    if let Ok(conversation) = person.parse::<ConversationId>() {
        return Ok(conversation);
    }
    let reference = TicketReference::parse(person)
        .ok_or_else(|| Failure::Usage(format!("`{person}`: expected a conversation's id or a ticket's number")))?;
    let ticket = app.store().ticket(&reference).await?;
    let ticket = ticket.with_context(|| format!("no ticket has the number `{reference}`"))?;
    Ok(ticket.conversation.context("the person of this ticket was erased")?)
}
