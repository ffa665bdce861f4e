//! The command line: one file a noun. Exit 0 done, 1 failed, 2 wrong usage or settings.
mod articles;
mod config;
mod converse;
mod data;
mod doctor;
mod evaluate;
mod history;
mod keys;
mod learn;
mod notices;
mod requests;
mod serve;
mod setup;
mod tickets;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

pub use config::example;

#[derive(Debug, Parser)]
#[command(
    name = "awasir",
    version,
    about = "the messaging and inquiry bot of the Awasir charity",
    max_term_width = 100
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve web chat, webhooks and workers
    Serve(serve::Serve),
    /// Talk to the bot in this terminal, or line by line from a pipe
    Chat,
    /// Ask one question and print the answer
    Ask(converse::Ask),
    /// Approved answers: check, import, export, approve
    #[command(subcommand)]
    Articles(articles::Articles),
    /// How well messages are understood, on files or on the articles in use
    Evaluate(evaluate::Evaluate),
    /// Matters for officers: list, show, take, reply, close
    #[command(subcommand)]
    Tickets(tickets::Tickets),
    /// Aid requests on their route: add, show, list, stage, papers, import
    #[command(subcommand)]
    Requests(requests::Requests),
    /// Notices of imports that wait: list, release, drop
    #[command(subcommand)]
    Notices(notices::Notices),
    /// Keys with which other systems use the API: add, list, revoke
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Languages: check that every phrase exists in each
    #[command(subcommand)]
    Locales(articles::Locales),
    /// Settings: an example file, and a check
    #[command(subcommand)]
    Config(config::ConfigCommand),
    /// Look after database, clock, transports; says what to do
    Doctor(doctor::Doctor),
    /// Everything that happened to a message
    Explain(history::Explain),
    /// Step a conversation again and compare
    Replay(history::Replay),
    /// The full copy of a person's data
    Export(data::Export),
    /// Destroy a person's data
    Erase(data::Erase),
    /// Run the migrations and stop
    Migrate,
}

/// Why a command ended without doing its work.
#[derive(Debug)]
enum Failure {
    /// Settings or arguments are wrong: 2.
    Usage(String),
    /// It failed: 1.
    Failed(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Runs the command of this process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    // Two providers in one binary would panic at the first TLS connection; this makes the choice once.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("awasir: no runtime: {error}");
            return ExitCode::from(1);
        }
    };
    match runtime.block_on(run(arguments.command)) {
        Ok(code) => code,
        Err(Failure::Usage(text)) => {
            eprintln!("{text}");
            ExitCode::from(2)
        }
        Err(Failure::Failed(error)) => {
            eprintln!("awasir: {error:#}");
            ExitCode::from(1)
        }
    }
}

async fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Serve(serve) => serve.run().await,
        Command::Chat => converse::chat().await,
        Command::Ask(ask) => ask.run().await,
        Command::Articles(articles) => articles.run().await,
        Command::Tickets(tickets) => tickets.run().await,
        Command::Notices(notices) => notices.run().await,
        Command::Requests(requests) => requests.run().await,
        Command::Keys(keys) => keys.run().await,
        Command::Locales(locales) => locales.run(),
        Command::Config(config) => config.run(),
        Command::Doctor(doctor) => doctor.run().await,
        Command::Explain(explain) => explain.run().await,
        Command::Replay(replay) => replay.run().await,
        Command::Export(export) => export.run().await,
        Command::Erase(erase) => erase.run().await,
        Command::Evaluate(evaluate) => evaluate.run().await,
        Command::Migrate => setup::migrate().await,
    }
}
