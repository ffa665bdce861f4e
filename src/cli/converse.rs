//! `awasir chat` and `awasir ask`: the whole bot in a terminal.
use super::Failure;
use super::setup::{Config, start_logs};
use crate::app::App;
use crate::channels::{InboundEvent, Profile, Terminal, Transport};
use crate::model::{Content, OutboundPart, Rich};
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::sync::mpsc::UnboundedReceiver;

#[derive(Debug, Args)]
pub(super) struct Ask {
    /// The question, in any dialect
    question: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// One terminal's conversation with the bot in this process.
struct Session {
    app: App,
    terminal: Arc<dyn Transport>,
    heard: UnboundedReceiver<OutboundPart>,
    address: String,
}

impl Session {
    async fn start() -> Result<Self, Failure> {
        let config = Config::read()?;
        // Only what goes wrong: the terminal is the conversation's.
        start_logs("error");
        let (terminal, heard) = Terminal::new();
        let terminal: Arc<dyn Transport> = Arc::new(terminal);
        let app = config.start(vec![terminal.clone()], false).await?;
        let address = app.clock().id().to_string();
        Ok(Self { app, terminal, heard, address })
    }

    /// Hands `content` in and returns all that is said to it.
    async fn say(&mut self, content: Content) -> Result<Vec<OutboundPart>, Failure> {
        let event = InboundEvent {
            external_id: self.app.clock().id().to_string(),
            address: self.address.clone(),
            profile: Profile::default(),
            sent_at: None,
            content,
            attested: None,
            acknowledge: None,
        };
        self.app.accept(&*self.terminal, vec![event]).await.context("not accepted")?;
        self.app.settle_everything().await.context("not answered")?;
        let mut said = Vec::new();
        while let Ok(part) = self.heard.try_recv() {
            said.push(part);
        }
        Ok(said)
    }
}

impl Ask {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let mut session = Session::start().await?;
        let said = session.say(Content::Text { text: self.question.clone() }).await?;
        if self.json {
            let parts: Vec<_> = said
                .iter()
                .map(|part| json!({"text": part.text.to_plain(), "locale": part.locale, "choices": part.choices}))
                .collect();
            println!("{}", json!({"question": self.question, "answer": parts}));
        } else {
            said.iter().for_each(print);
        }
        session.app.store().close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// `awasir chat`
pub(super) async fn chat() -> Result<ExitCode, Failure> {
    let mut session = Session::start().await?;
    let interactive = std::io::stdin().is_terminal();
    if interactive {
        eprintln!("write, and press Enter; Ctrl-D ends");
        session.say(Content::Opened).await?.iter().for_each(print);
    }
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    loop {
        if interactive {
            eprint!("> ");
            let _ = std::io::stderr().flush();
        }
        let Some(line) = lines.next_line().await.context("standard input")? else { break };
        if !line.trim().is_empty() {
            session.say(Content::Text { text: line }).await?.iter().for_each(print);
        }
    }
    session.app.store().close().await;
    Ok(ExitCode::SUCCESS)
}

fn print(part: &OutboundPart) {
    let mut out = std::io::stdout();
    // Who reads only the first lines (`| head`) has read enough.
    let _ = writeln!(out, "{}\n", emphasised(&part.text, out.is_terminal()));
}

/// Bold as a terminal shows it, or the plain words.
fn emphasised(text: &Rich, terminal: bool) -> String {
    let span = |span: &crate::model::Span| {
        if span.bold && terminal { format!("\u{1b}[1m{}\u{1b}[0m", span.text) } else { span.text.clone() }
    };
    text.spans.iter().map(span).collect()
}
