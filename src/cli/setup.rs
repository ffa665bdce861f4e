//! From the environment to a running program: settings, keys, database, words, transports.
use super::Failure;
use crate::app::{self, App, AppSettings, Parts};
use crate::assets::{Embedded, Overlay, Source};
use crate::channels::{self, Transport};
use crate::clock::SystemClock;
use crate::files;
use crate::locale::Catalog;
use crate::seal::KeyRing;
use crate::settings::{Reader, Secret, Setting};
use crate::store::Store;
use crate::web::WebSettings;
use anyhow::Context as _;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

const DATABASE_URL: Setting = Setting {
    name: "DATABASE_URL",
    default: None,
    form: "`sqlite://path` or `postgres://user:password@host/database`",
    help: "The database. Unset: the file `awasir.db` in DATA_DIR, which needs nothing else.",
    secret: true,
};
const DATA_DIR: Setting = Setting {
    name: "DATA_DIR",
    default: Some("data"),
    form: "a folder",
    help: "Where the database file, the key and papers that people send are kept.",
    secret: false,
};
const LOCALES_DIR: Setting = Setting {
    name: "LOCALES_DIR",
    default: None,
    form: "a folder like `locales/`",
    help: "Words read from this folder instead of those compiled in.",
    secret: false,
};
const MODELS_DIR: Setting = Setting {
    name: "MODELS_DIR",
    default: None,
    form: "a folder that exists",
    help: "Where trained models are kept beside the database, for those who start many empty databases. Unset: nowhere.",
    secret: false,
};
const ENCRYPTION_KEYS: Setting = Setting {
    name: "ENCRYPTION_KEYS",
    default: None,
    form: "32 bytes in base64, several separated by commas, the newest first",
    help: "Keys that personal text is sealed with. Unset: made once in the file `encryption.key` in DATA_DIR.",
    secret: true,
};
const LOG: Setting = Setting {
    name: "LOG",
    default: Some("info"),
    form: "error, warn, info, debug or a tracing filter",
    help: "What is logged: ids and outcomes, never what people write.",
    secret: false,
};
/// Settings that belong to no module below.
pub(super) const SETTINGS: &[Setting] = &[DATABASE_URL, DATA_DIR, LOCALES_DIR, MODELS_DIR, ENCRYPTION_KEYS, LOG];

/// The name of the key file in the data folder.
const KEY_FILE: &str = "encryption.key";

/// Everything that was read.
pub(super) struct Config {
    pub(super) database_url: Secret,
    pub(super) data_dir: PathBuf,
    locales_dir: Option<PathBuf>,
    models_dir: Option<PathBuf>,
    keys: Option<Secret>,
    pub(super) log: String,
    pub(super) web: WebSettings,
    pub(super) app: AppSettings,
    pub(super) channels: channels::Config,
    files: files::Config,
}

impl Config {
    /// Reads everything from the environment.
    ///
    /// # Errors
    /// [`Failure::Usage`] with one list of all problems.
    pub(super) fn read() -> Result<Self, Failure> {
        let mut reader = Reader::from_environment();
        let config = Self::from_reader(&mut reader);
        let problems = reader.problems();
        if problems.is_empty() {
            return Ok(config);
        }
        let list: Vec<String> = problems.iter().map(|problem| format!("  {problem}")).collect();
        Err(Failure::Usage(format!(
            "awasir: settings are wrong:\n{}\n`awasir config example` shows all of them",
            list.join("\n")
        )))
    }

    pub(super) fn from_reader(reader: &mut Reader) -> Self {
        let data_dir = PathBuf::from(reader.text(&DATA_DIR).unwrap_or_default());
        let database_url = reader
            .parse_with(&DATABASE_URL, |text| {
                let known = ["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| text.starts_with(scheme));
                known.then(|| text.to_owned())
            })
            .unwrap_or_else(|| format!("sqlite://{}", data_dir.join("awasir.db").display()));
        let keys = reader.parse_with(&ENCRYPTION_KEYS, |text| {
            KeyRing::parse(text).ok()?;
            Some(Secret::new(text))
        });
        let web = WebSettings::read(reader);
        Self {
            database_url: Secret::new(database_url),
            data_dir,
            locales_dir: reader.text(&LOCALES_DIR).map(PathBuf::from),
            models_dir: reader.text(&MODELS_DIR).map(PathBuf::from),
            keys,
            log: reader.text(&LOG).unwrap_or_default(),
            app: AppSettings::read(reader),
            channels: channels::Config::read(reader, web.public_url.as_deref()),
            files: files::Config::read(reader),
            web,
        }
    }

    /// The files of `locales/`.
    pub(super) fn source(&self) -> Arc<dyn Source + Send + Sync> {
        match &self.locales_dir {
            Some(folder) => Arc::new(Overlay::new(folder)),
            None => Arc::new(Embedded),
        }
    }

    /// The keys; made once where there are none. True where they were made now.
    pub(super) fn ring(&self) -> Result<(Arc<KeyRing>, bool), anyhow::Error> {
        if let Some(keys) = &self.keys {
            return Ok((Arc::new(KeyRing::parse(keys.expose())?), false));
        }
        let path = self.data_dir.join(KEY_FILE);
        let made = make_key(&path).with_context(|| format!("key file `{}`", path.display()))?;
        let text = std::fs::read_to_string(&path).with_context(|| format!("key file `{}`", path.display()))?;
        let ring = KeyRing::parse(&text).with_context(|| format!("key file `{}`", path.display()))?;
        Ok((Arc::new(ring), made))
    }

    /// Whether there is a database already; one on another machine is taken to be there.
    pub(super) fn has_database(&self) -> bool {
        let url = self.database_url.expose();
        let file = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"));
        file.is_none_or(|file| Path::new(file.split('?').next().unwrap_or(file)).exists())
    }

    /// Opens the database, running its migrations.
    pub(super) async fn store(&self) -> Result<Store, anyhow::Error> {
        let (ring, _) = self.ring()?;
        Store::open(self.database_url.expose(), ring).await.context("database: see `DATABASE_URL`")
    }

    /// Puts the program together with `own` transports beside those that the settings turn on.
    pub(super) async fn start(self, own: Vec<Arc<dyn Transport>>, network: bool) -> Result<App, anyhow::Error> {
        let source = self.source();
        let catalog = Arc::new(Catalog::load(&*source).context("words: see `LOCALES_DIR`")?);
        let store = self.store().await?;
        let mut transports = own;
        if network {
            let client = crate::net::client().context("HTTP client")?;
            transports.extend(self.channels.transports(&client, app::wake_readers(&store), &catalog));
        }
        let mut settings = self.app;
        settings.papers.files = Some(self.files.open(self.data_dir.join("papers")).context("folder for papers")?);
        settings.papers.scanner = self.files.scanner;
        settings.papers.public_url = self.web.public_url;
        let parts = Parts {
            store,
            clock: Arc::new(SystemClock),
            catalog,
            source,
            transports,
            models_dir: self.models_dir,
            settings,
        };
        App::start(parts).await.context("what may be said")
    }
}

/// Makes the key file, readable by its owner only. False where it was there.
fn make_key(path: &Path) -> std::io::Result<bool> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    match file {
        Ok(mut file) => {
            writeln!(file, "{}", KeyRing::generate())?;
            file.sync_all()?;
            Ok(true)
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

/// Logs to standard error: lines for a terminal, JSON for a machine.
pub(super) fn start_logs(filter: &str) {
    use std::io::IsTerminal as _;
    let filter = tracing_subscriber::EnvFilter::try_new(filter).unwrap_or_else(|_| "info".into());
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        logs.with_target(false).init();
    } else {
        logs.json().init();
    }
}

/// `awasir migrate`
pub(super) async fn migrate() -> Result<ExitCode, Failure> {
    let config = Config::read()?;
    config.store().await?.close().await;
    println!("the database is up to date");
    Ok(ExitCode::SUCCESS)
}
