//! The program under test as a process: started with its own settings only, killed, measured from /proc.
use super::Arguments;
use super::client::Client;
use anyhow::Context as _;
use awasir::seal::KeyRing;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The webhook's secret, as Telegram would repeat it.
pub(crate) const SECRET: &str = "load-test-secret";
/// Linux counts CPU time for /proc in hundredths of a second, on every machine.
const TICKS_PER_SECOND: f64 = 100.0;
const READY_WITHIN: Duration = Duration::from_mins(1);

/// What the program has used since it was (last) started; the database's processes since ever.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Usage {
    /// Seconds of CPU, user and system.
    pub(crate) cpu: f64,
    /// The same of PostgreSQL's processes, where there are some.
    pub(crate) postgres_cpu: Option<f64>,
    pub(crate) rss_kib: u64,
    /// The most there ever was.
    pub(crate) peak_rss_kib: u64,
}

/// The program under test.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) database_url: String,
    command: Vec<(String, String)>,
    binary: PathBuf,
    dir: PathBuf,
    postgres_pid: Option<u32>,
    child: Option<Child>,
}

impl Server {
    /// Prepares a folder, a port and the settings.
    pub(crate) fn new(arguments: &Arguments, api_url: &str) -> anyhow::Result<Self> {
        let binary =
            arguments.binary.canonicalize().with_context(|| format!("no program at {}", arguments.binary.display()))?;
        std::fs::create_dir_all(&arguments.dir)?;
        let dir = tempfile::Builder::new().prefix("load-").tempdir_in(&arguments.dir)?.keep().canonicalize()?;
        // The port stays the same across restarts, so it is chosen here and not by the program.
        let address = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let data = dir.join("data");
        let sqlite = format!("sqlite://{}", data.join("awasir.db").display());
        let database_url = arguments.database_url.clone().unwrap_or(sqlite);
        let mut command: Vec<(String, String)> = [
            ("DATABASE_URL", database_url.as_str()),
            ("DATA_DIR", &data.to_string_lossy()),
            ("LISTEN", &address.to_string()),
            ("PUBLIC_URL", &format!("http://{address}")),
            ("TELEGRAM_API_URL", api_url),
            ("TELEGRAM_BOT_TOKEN", "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
            ("TELEGRAM_WEBHOOK_SECRET", SECRET),
            ("TELEGRAM_MODE", "webhook"),
            ("NO_PROXY", "127.0.0.1"),
            ("RUST_LOG", "warn"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        // What the articles teach is learnt once for all the databases that are begun here.
        let models = std::env::temp_dir().join("awasir-models");
        std::fs::create_dir_all(&models)?;
        command.push(("MODELS_DIR".to_owned(), models.display().to_string()));
        for setting in &arguments.env {
            let (name, value) = setting.split_once('=').context("--env wants NAME=value")?;
            command.push((name.to_owned(), value.to_owned()));
        }
        Ok(Self { address, database_url, command, binary, dir, postgres_pid: arguments.postgres_pid, child: None })
    }

    /// Starts it, in its own folder (no `.env` there) with nothing of our environment, and waits until it is ready.
    pub(crate) async fn start(&mut self) -> anyhow::Result<()> {
        std::fs::create_dir_all(self.dir.join("data"))?;
        let log = std::fs::File::options().create(true).append(true).open(self.log())?;
        let mut command = Command::new(&self.binary);
        command.arg("serve").env_clear().envs(self.command.iter().cloned()).current_dir(&self.dir);
        self.child = Some(command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn()?);
        let (began, mut client) = (Instant::now(), Client::new(self.address));
        while !matches!(client.get("/readyz").await, Ok(200)) {
            let ended = self.child.as_mut().and_then(|child| child.try_wait().ok().flatten());
            if ended.is_some() || began.elapsed() > READY_WITHIN {
                self.show_log();
                anyhow::bail!("`awasir serve` did not become ready: {ended:?}");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// SIGKILL, as a power cut of the process alone.
    pub(crate) fn kill(&mut self) -> anyhow::Result<()> {
        let mut child = self.child.take().context("it runs")?;
        child.kill()?;
        child.wait()?;
        Ok(())
    }

    /// SIGTERM; it must end well within a quarter of a minute.
    pub(crate) async fn stop(&mut self) -> anyhow::Result<()> {
        let mut child = self.child.take().context("it runs")?;
        Command::new("kill").arg(child.id().to_string()).status()?;
        for _ in 0..150 {
            if let Some(status) = child.try_wait()? {
                println!("stopped by SIGTERM    {status}");
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        child.kill()?;
        child.wait()?;
        anyhow::bail!("`awasir serve` did not end within 15 s of SIGTERM")
    }

    /// What it has used until now.
    pub(crate) fn usage(&self) -> anyhow::Result<Usage> {
        let pid = self.child.as_ref().context("it runs")?.id();
        let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
        let kib = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.trim_start_matches(':').trim().trim_end_matches(" kB").parse::<u64>().ok()
        };
        Ok(Usage {
            cpu: ticks(pid).context("its times")?.own / TICKS_PER_SECOND,
            postgres_cpu: self.postgres_pid.map(postgres_cpu),
            rss_kib: kib("VmRSS").unwrap_or(0),
            peak_rss_kib: kib("VmHWM").unwrap_or(0),
        })
    }

    /// The keys it made for itself.
    pub(crate) fn ring(&self) -> anyhow::Result<KeyRing> {
        let text = std::fs::read_to_string(self.dir.join("data").join("encryption.key"))?;
        Ok(KeyRing::parse(text.trim())?)
    }

    /// Prints the end of its log.
    pub(crate) fn show_log(&self) {
        let log = std::fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        eprintln!("--- the end of {}\n{}", self.log().display(), lines[lines.len().saturating_sub(20)..].join("\n"));
    }

    /// Deletes the run's folder, or says where it is.
    pub(crate) fn clean_up(&self, keep: bool) {
        if keep {
            println!("kept                  {}", self.dir.display());
        } else {
            drop(std::fs::remove_dir_all(&self.dir));
        }
    }

    fn log(&self) -> PathBuf {
        self.dir.join("server.log")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            drop(child.kill());
            drop(child.wait());
        }
    }
}

struct Ticks {
    parent: u32,
    own: f64,
    /// Of children that have ended and been waited for.
    ended_children: f64,
}

/// The CPU times of a process, all threads together.
fn ticks(pid: u32) -> Option<Ticks> {
    let stat = std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("stat")).ok()?;
    // The name stands in brackets and may hold spaces; the fields after it are numbered from 3 in proc(5).
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let field = |number: usize| fields.get(number - 3)?.parse::<f64>().ok();
    let parent = fields.get(1)?.parse().ok()?;
    Some(Ticks { parent, own: field(14)? + field(15)?, ended_children: field(16)? + field(17)? })
}

/// The postmaster, its living backends, and those that have ended.
fn postgres_cpu(postmaster: u32) -> f64 {
    let all = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = all.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let living: f64 =
        pids.filter_map(ticks).filter(|process| process.parent == postmaster).map(|process| process.own).sum();
    let own = ticks(postmaster).map_or(0.0, |process| process.own + process.ended_children);
    (living + own) / TICKS_PER_SECOND
}
