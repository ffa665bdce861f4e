//! `awasir tickets`: the officers' desk until there is a console.
use super::Failure;
use super::setup::{Config, start_logs};
use crate::app::App;
use crate::model::TicketReference;
use crate::store::TicketRow;
use anyhow::Context as _;
use clap::{Args, Subcommand};
use serde_json::json;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub(super) enum Tickets {
    /// Tickets that are not closed, the most urgent first
    List {
        /// The latest 500, closed ones too
        #[arg(long)]
        all: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// One ticket with what was said in it
    Show {
        /// Its number, like 4821-7360
        reference: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Take a ticket: the bot falls silent in its conversation
    Take(Step),
    /// Write to the person, in your own words
    Reply {
        #[command(flatten)]
        step: Step,
        /// The words
        text: String,
    },
    /// Close a ticket: the bot answers again
    Close {
        #[command(flatten)]
        step: Step,
        /// How a call or letter ended: written on the person's timeline
        #[arg(long)]
        outcome: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(super) struct Step {
    /// The ticket's number, like 4821-7360
    reference: String,
    /// Your name, as colleagues know it; people never see it
    #[arg(long, env = "USER")]
    officer: String,
}

impl Step {
    fn reference(&self) -> Result<TicketReference, Failure> {
        reference(&self.reference)
    }
}

impl Tickets {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let config = Config::read()?;
        start_logs("error");
        let app = config.start(Vec::new(), false).await?;
        match self {
            Self::List { all, json } => list(&app, all, json).await?,
            Self::Show { reference: number, json } => show(&app, &reference(&number)?, json).await?,
            Self::Take(step) => {
                app.ticket_take(&step.reference()?, &step.officer).await?;
                println!("taken: the bot is silent there; write with `awasir tickets reply {} …`", step.reference);
            }
            Self::Reply { step, text } => {
                app.ticket_reply(&step.reference()?, &step.officer, &text).await?;
                println!("handed over for sending");
            }
            Self::Close { step, outcome } => {
                app.ticket_close_with(&step.reference()?, &step.officer, outcome.as_deref()).await?;
                println!("closed: the bot answers there again");
            }
        }
        app.store().close().await;
        Ok(ExitCode::SUCCESS)
    }
}

fn reference(text: &str) -> Result<TicketReference, Failure> {
    TicketReference::parse(text).ok_or_else(|| {
        Failure::Usage(format!("`{text}`: expected a ticket's number like 4821-7360; look for a slip of a digit"))
    })
}

async fn list(app: &App, all: bool, as_json: bool) -> Result<(), Failure> {
    let tickets = app.store().tickets(all).await?;
    if as_json {
        let rows: Vec<_> = tickets.iter().map(to_json).collect();
        println!("{}", serde_json::Value::Array(rows));
        return Ok(());
    }
    if tickets.is_empty() {
        println!("no tickets");
    }
    for ticket in tickets {
        let officer = ticket.officer.as_deref().unwrap_or("-");
        let topic = ticket.topic.as_deref().unwrap_or("");
        println!(
            "{}  {:<9}  {:<6}  {:<13}  {}  {:<10}  {officer}  {topic}",
            ticket.reference, ticket.urgency, ticket.status, ticket.kind, ticket.created_at, ticket.channel
        );
    }
    Ok(())
}

async fn show(app: &App, reference: &TicketReference, as_json: bool) -> Result<(), Failure> {
    let ticket = app.store().ticket(reference).await?;
    let ticket = ticket.with_context(|| format!("no ticket has the number `{reference}`"))?;
    let entries = app.store().ticket_entries(ticket.id).await?;
    if as_json {
        let entries: Vec<_> = entries
            .iter()
            .map(|entry| json!({"at": entry.at.to_string(), "author": entry.author, "text": entry.body}))
            .collect();
        let mut value = to_json(&ticket);
        value["entries"] = json!(entries);
        println!("{value}");
        return Ok(());
    }
    println!("{}  {}  {}  {}", ticket.reference, ticket.kind, ticket.urgency, ticket.status);
    println!("opened {} on {}", ticket.created_at, ticket.channel);
    if let Some(officer) = &ticket.officer {
        println!("officer {officer}");
    }
    if let Some(conversation) = ticket.conversation {
        println!("conversation {conversation}");
    }
    for entry in entries {
        println!("\n{} · {}", entry.at, entry.author);
        println!("{}", entry.body.as_deref().unwrap_or("(erased)"));
    }
    Ok(())
}

fn to_json(ticket: &TicketRow) -> serde_json::Value {
    json!({
        "reference": ticket.reference,
        "kind": ticket.kind,
        "urgency": ticket.urgency,
        "status": ticket.status,
        "topic": ticket.topic,
        "channel": ticket.channel,
        "officer": ticket.officer,
        "conversation": ticket.conversation,
        "opened_at": ticket.created_at.to_string(),
        "taken_at": ticket.taken_at.map(|at| at.to_string()),
        "closed_at": ticket.closed_at.map(|at| at.to_string()),
    })
}
