//! `awasir serve`: everything, or one role of it.
use super::Failure;
use super::setup::{Config, start_logs};
use crate::app::{App, Role};
use crate::channels::SendError;
use crate::web;
use anyhow::Context as _;
use clap::{Args, ValueEnum};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::process::ExitCode;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Upper bounds of latency histograms in seconds: from a quick turn to an answer nobody waits for.
const BUCKETS: &[f64] = &[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0, 600.0];

/// The first wait before a platform that is away is made ready again; each further one is twice as long.
const FIRST_WAIT: Duration = Duration::from_secs(2);
const LONGEST_WAIT: Duration = Duration::from_mins(5);

/// How often histograms are emptied into their buckets, and memory is given back.
const UPKEEP: Duration = Duration::from_secs(2);
/// So large that the allocator gives it pages of its own.
const LARGE: usize = 4 * 1024 * 1024;

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Serve only this part; several processes then share one PostgreSQL
    #[arg(long)]
    only: Option<Only>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Only {
    Web,
    Workers,
}

impl Serve {
    pub(super) async fn run(self) -> Result<ExitCode, Failure> {
        let config = Config::read()?;
        start_logs(&config.log);
        let role = match self.only {
            None => Role::All,
            Some(Only::Web) => Role::Web,
            Some(Only::Workers) => Role::Workers,
        };
        let metrics = start_metrics()?;
        let (_, made) = config.ring()?;
        if made {
            eprintln!(
                "  a key was made in {}/encryption.key: keep a copy, without it nothing can be read",
                config.data_dir.display()
            );
        }
        let web = config.web.clone();
        let off = config.channels.off();
        let listener = match role {
            Role::Workers => None,
            Role::All | Role::Web => {
                let listener = TcpListener::bind(web.listen).await;
                Some(listener.with_context(|| format!("`LISTEN={}` is taken; set another", web.listen))?)
            }
        };
        let app = config.start(Vec::new(), true).await?;
        greet(&app, listener.as_ref(), &off);
        let running = app.run(role);
        prepare(&app);
        let stop = CancellationToken::new();
        let stopping = stop.clone();
        let server = listener
            .map(|listener| tokio::spawn(web::serve(app.clone(), web, metrics.clone(), listener, stop.clone())));
        tokio::spawn(async move {
            let mut upkeep = tokio::time::interval(UPKEEP);
            loop {
                upkeep.tick().await;
                metrics.run_upkeep();
                give_back();
            }
        });
        wait_for_end().await;
        eprintln!("  stopping: what is under way is finished");
        stopping.cancel();
        if let Some(server) = server {
            let _ = server.await;
        }
        running.stop().await;
        Ok(ExitCode::SUCCESS)
    }
}

fn start_metrics() -> Result<PrometheusHandle, anyhow::Error> {
    Ok(PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), BUCKETS)?
        .install_recorder()?)
}

/// The allocator returns what has been free for a second, but looks for it only when pages are asked for or given up: who
/// waits for messages would keep for ever what the start took (70 MB instead of 46). This block is never touched.
fn give_back() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(LARGE)));
}

/// Says where to look and what is off.
fn greet(app: &App, listener: Option<&TcpListener>, off: &[(&str, &str)]) {
    eprintln!("awasir {} · {} approved answers", env!("CARGO_PKG_VERSION"), app.library().articles.len());
    if let Some(address) = listener.and_then(|listener| listener.local_addr().ok()) {
        eprintln!("  web chat   http://{address}/");
    }
    for transport in app.transports() {
        eprintln!("  on         {}", transport.name());
    }
    for (name, how) in off {
        eprintln!("  off        {name}: {how}");
    }
    eprintln!("  next       `awasir doctor` looks after everything; Ctrl-C stops");
}

/// Makes platforms ready in the background: serving does not wait for them. One that is away is tried again, or a machine
/// that starts before its network would hear nothing for ever.
fn prepare(app: &App) {
    for transport in app.transports() {
        let (app, transport) = (app.clone(), transport.clone());
        tokio::spawn(async move {
            let mut wait = FIRST_WAIT;
            while let Err(error) = transport.prepare().await {
                tracing::warn!(transport = %transport.name(), %error, "not ready at its platform; see `awasir doctor`");
                if !matches!(error, SendError::Retry { .. } | SendError::Unknown) {
                    return;
                }
                app.clock().sleep(wait).await;
                wait = (wait * 2).min(LONGEST_WAIT);
            }
        });
    }
}

async fn wait_for_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
