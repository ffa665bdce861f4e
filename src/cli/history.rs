//! `awasir explain` and `awasir replay`: what happened, and whether it would happen again.
use super::Failure;
use super::setup::{Config, start_logs};
use crate::app::{ReplayReport, ReplayedTurn};
use crate::model::{Content, ConversationId, EventKind};
use anyhow::Context as _;
use clap::Args;
use std::process::ExitCode;
use uuid::Uuid;

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The id of an event or message, as logs and `awasir replay` show it
    message: Uuid,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Explain {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let config = Config::read()?;
        start_logs("error");
        let app = config.start(Vec::new(), false).await?;
        let explanation = app.explain(self.message).await?;
        app.store().close().await;
        let explanation = explanation.with_context(|| format!("no event or message has the id `{}`", self.message))?;
        if self.json {
            println!("{}", serde_json::to_string(&explanation)?);
            return Ok(ExitCode::SUCCESS);
        }
        if let Some(conversation) = explanation.conversation {
            println!("conversation {conversation}");
        }
        for step in explanation.steps {
            println!("{}  {}", step.at, step.what);
        }
        Ok(ExitCode::SUCCESS)
    }
}

#[derive(Debug, Args)]
pub(super) struct Replay {
    /// The conversation's id, as `awasir tickets show` tells it
    conversation: ConversationId,
    /// Print it as a golden dialogue for tests/data/dialogues
    #[arg(long)]
    as_test: bool,
}

impl Replay {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let config = Config::read()?;
        start_logs("error");
        let app = config.start(Vec::new(), false).await?;
        let report = app.replay(self.conversation).await?;
        app.store().close().await;
        if let Some(at) = report.erased_at {
            println!("this conversation was erased {at}: its text is gone");
            return Ok(ExitCode::SUCCESS);
        }
        if report.turns.is_empty() {
            return Err(anyhow::anyhow!("conversation `{}` has no turns", self.conversation).into());
        }
        if self.as_test {
            print_as_test(&report);
            return Ok(ExitCode::SUCCESS);
        }
        for turn in &report.turns {
            print_turn(turn);
        }
        let differ = report.turns.iter().filter(|turn| turn.kind.is_some() && !turn.same).count();
        println!("{} turns, {differ} differ", report.turns.len());
        Ok(if differ == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}

fn print_turn(turn: &ReplayedTurn) {
    let Some(kind) = &turn.kind else {
        println!("{}  {}  its text was destroyed by retention; the replay ends here", turn.at, turn.event);
        return;
    };
    let same = if turn.same { "same" } else { "DIFFERS" };
    let changed = if turn.changed.is_empty() {
        String::new()
    } else {
        format!(" (since then changed: {})", turn.changed.join(", "))
    };
    println!("{}  {}  {same}{changed}", turn.at, turn.event);
    println!("  > {}", describe(kind));
    for line in turn.said() {
        println!("  < {line}");
    }
}

fn print_as_test(report: &ReplayReport) {
    for turn in &report.turns {
        let Some(kind) = &turn.kind else {
            println!("# the rest was destroyed by retention");
            return;
        };
        match kind {
            EventKind::Received { .. } => println!("> {}", describe(kind)),
            _ => println!("! {}", describe(kind)),
        }
        for line in turn.said() {
            println!("< {line}");
        }
    }
}

fn describe(kind: &EventKind) -> String {
    match kind {
        EventKind::Received { content, .. } => match content {
            Content::Text { text } => text.clone(),
            Content::Choice { data } => format!("[{data}]"),
            Content::Edited { text } => format!("(edited) {text}"),
            other => serde_json::to_string(other).unwrap_or_default(),
        },
        EventKind::OfficerTook { .. } => "officer took".into(),
        EventKind::OfficerReplied { text, .. } => format!("officer: {text}"),
        EventKind::OfficerClosed { .. } => "officer closed".into(),
        EventKind::TimerFired { name } => format!("timer {name}"),
        EventKind::RequestNews { kind, country: _ } => format!("notice of a request: {kind}"),
        EventKind::ProofConfirmed { attested: true } => "the channel attested a contact on file".into(),
        EventKind::ProofConfirmed { attested: false } => "officer confirmed a proof".into(),
        EventKind::PaperTaken { paper, state } => format!("paper {state}: {paper}"),
        EventKind::Answered { .. } => "answer of the database".into(),
    }
}
