//! `awasir doctor`: looks after everything with harmless calls and says what to do.
use super::Failure;
use super::articles::today;
use super::setup::{Config, start_logs};
use crate::channels::{Check, Probe};
use crate::clock::{Clock as _, SystemClock};
use crate::knowledge::{self, Material};
use crate::locale::{self, Catalog};
use crate::model::Timestamp;
use crate::store::Store;
use clap::Args;
use std::process::ExitCode;
use std::time::Duration;

/// A queue older than this is not flowing.
const STUCK: Duration = Duration::from_secs(5 * 60);
/// The program was made after this: an earlier clock is wrong.
const EPOCH: Timestamp = Timestamp::from_seconds(1_780_000_000);

#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Doctor {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let config = Config::read()?;
        start_logs("error");
        let mut checks = vec![clock()];
        checks.extend(words(&config));
        let off = config.channels.off();
        match config.store().await {
            Err(error) => checks.push(bad("database", format!("{error:#}"))),
            Ok(store) => {
                checks.extend(database(&store).await);
                store.close().await;
                let app = config.start(Vec::new(), true).await?;
                for transport in app.transports() {
                    checks.extend(transport.check().await);
                }
                checks.push(match &app.settings().staff {
                    Some(_) => good("staff", "told of new tickets".into()),
                    None => attention("staff", "nobody is told of new tickets: set `STAFF_NOTIFY`".into()),
                });
            }
        }
        checks.extend(off.into_iter().map(|(name, how)| Check { what: name.into(), found: Probe::Off(how.into()) }));
        let failed = checks.iter().any(|check| matches!(check.found, Probe::Bad(_)));
        if self.json {
            println!("{}", serde_json::to_string(&checks)?);
        } else {
            checks.iter().for_each(print);
        }
        Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }
}

fn print(check: &Check) {
    let (mark, note) = match &check.found {
        Probe::Good(note) => ("ok  ", note),
        Probe::Attention(note) => ("look", note),
        Probe::Bad(note) => ("BAD ", note),
        Probe::Off(note) => ("off ", note),
    };
    println!("{mark}  {:<12} {note}", check.what);
}

fn clock() -> Check {
    let now = SystemClock.now();
    if now < EPOCH {
        return bad("clock", format!("stands at {now}: set the machine's clock"));
    }
    good("clock", now.to_string())
}

fn words(config: &Config) -> Vec<Check> {
    let source = config.source();
    let material = Material::read(&*source);
    let mut checks = Vec::new();
    match Catalog::load(&*source) {
        Err(error) => checks.push(bad("words", format!("{error}"))),
        Ok(catalog) => {
            let missing = locale::check(&catalog).len();
            checks.push(match missing {
                0 => good("words", format!("{} languages", catalog.locales().len())),
                _ => attention("words", format!("{missing} findings: `awasir locales check`")),
            });
            let findings = knowledge::check(&material, catalog.locales(), today());
            let wrong = findings.iter().filter(|finding| !finding.fault.is_hint()).count() + material.problems.len();
            checks.push(match wrong {
                0 => good("articles", format!("{} files", material.texts.len())),
                _ => attention("articles", format!("{wrong} findings: `awasir articles check`")),
            });
        }
    }
    checks
}

async fn database(store: &Store) -> Vec<Check> {
    let mut checks = Vec::new();
    checks.push(match store.ping().await {
        Ok(()) => good("database", "answers".into()),
        Err(error) => bad("database", error.to_string()),
    });
    if let Ok(rows) = store.articles_current().await {
        let drafts: Vec<String> = rows
            .iter()
            .filter(|row| row.status == "draft-in-use")
            .map(|row| format!("{} ({})", row.id, row.locale))
            .collect();
        if !drafts.is_empty() {
            let list = drafts.join(", ");
            checks.push(attention("articles", format!("drafts in use until staff approve them: {list}")));
        }
    }
    let now = SystemClock.now();
    if let Ok(ages) = store.queue_ages().await {
        let mut queues = vec![("inbox".to_owned(), ages.inbox)];
        queues.extend(ages.replies.into_iter().map(|(name, at)| (format!("replies on {name}"), Some(at))));
        for (name, oldest) in queues {
            if let Some(at) = oldest.filter(|at| at.until(now) > STUCK) {
                checks.push(bad("queue", format!("{name} waits since {at}: is `awasir serve` running?")));
            }
        }
    }
    if let Ok(pauses) = store.pauses(now).await {
        for (transport, account, until, reason) in pauses {
            let until = Timestamp::from_micros(until);
            checks.push(attention("paused", format!("{transport} {account} until {until}: {reason}")));
        }
    }
    if let Ok(last) = store.last_event().await {
        checks.push(match last {
            Some((transport, at)) => good("last message", format!("{at} by {transport}")),
            None => attention("last message", "none yet".into()),
        });
    }
    checks
}

fn good(what: &str, note: String) -> Check {
    Check { what: what.into(), found: Probe::Good(note) }
}

fn attention(what: &str, note: String) -> Check {
    Check { what: what.into(), found: Probe::Attention(note) }
}

fn bad(what: &str, note: String) -> Check {
    Check { what: what.into(), found: Probe::Bad(note) }
}
