//! What every use case needs, held together: store, clock, words, what may be said, transports, settings.
use super::commit::{Batcher, Job};
use super::notices::NoticeSettings;
use super::papers::PaperSettings;
use super::pictures::Pictures;
use super::places::Outlets;
use super::quiet::{QuietHours, Zones};
use super::render::ContactTexts;
use super::requests::RequestSettings;
use super::staff::StaffTarget;
use super::teaching::School;
use crate::assets::Source;
use crate::channels::Transport;
use crate::clock::SharedClock;
use crate::engine::EngineSettings;
use crate::knowledge::Library;
use crate::locale::Catalog;
use crate::model::{AccountName, TransportName};
use crate::net::Mailer;
use crate::settings::{Reader, Setting};
use crate::store::Store;
use jiff::civil::Date;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, RwLock};
use std::time::Duration;
use uuid::Uuid;

/// Ends of calls that may wait for a commit beside deliveries of platforms.
const SETTLE_QUEUE: usize = 512;
/// Intakes and settlements that share one commit at most.
const GROUP: usize = 256;

const OFFICER_SILENCE: Setting = Setting {
    name: "OFFICER_SILENCE_SECONDS",
    default: Some("14400"),
    form: "seconds, 60 or more",
    help: "After this long without a word of the officer who took a conversation, the bot says so and answers on.",
    secret: false,
};
const ENVELOPE_DAYS: Setting = Setting {
    name: "ENVELOPE_DAYS",
    default: Some("30"),
    form: "days, 1 or more",
    help: "Raw bodies of webhooks are destroyed after this long; the keys that catch repeats stay.",
    secret: false,
};
const TEXT_DAYS: Setting = Setting {
    name: "TEXT_DAYS",
    default: Some("730"),
    form: "days, 30 or more",
    help: "What was written and answered is destroyed after this long; what stands in an open ticket, once that is closed.",
    secret: false,
};
const INTAKE_QUEUE: Setting = Setting {
    name: "INTAKE_QUEUE",
    default: Some("4096"),
    form: "a number, 1 or more",
    help: "Deliveries of platforms that may wait for the disk at once; more are told to come again (503, Retry-After).",
    secret: false,
};
/// Settings of the use cases.
#[must_use]
pub fn settings() -> Vec<Setting> {
    [
        &[OFFICER_SILENCE, ENVELOPE_DAYS, TEXT_DAYS, INTAKE_QUEUE],
        super::staff::SETTINGS,
        super::render::CONTACT_SETTINGS,
        super::requests::SETTINGS,
        super::proofs::SETTINGS,
        super::watches::SETTINGS,
        super::papers::SETTINGS,
        super::quiet::SETTINGS,
        super::notices::SETTINGS,
    ]
    .concat()
}

/// Settings that use cases need.
#[derive(Debug, Clone)]
pub struct AppSettings {
    /// The engine's.
    pub engine: EngineSettings,
    /// How the association is reached, for articles.
    pub contacts: ContactTexts,
    /// How long raw bodies are kept.
    pub envelopes_kept: Duration,
    /// How long texts are kept.
    pub texts_kept: Duration,
    /// Deliveries of platforms that may wait for a commit.
    pub intake_queue: NonZeroUsize,
    /// The register of requests.
    pub requests: RequestSettings,
    /// When nobody is written to unasked.
    pub quiet: QuietHours,
    /// How patient notices are.
    pub notices: NoticeSettings,
    /// How long the proof that a request is a person's own holds.
    pub proof_life: Duration,
    /// Papers that people send.
    pub papers: PaperSettings,
    /// What carries mail. None where none is set up.
    pub mailer: Option<Mailer>,
    /// Where staff learn of new tickets.
    pub staff: Option<StaffTarget>,
}

impl AppSettings {
    /// The version of the privacy and consent texts in `locales/`; raise it when their meaning changes.
    pub const CONSENT_VERSION: &'static str = "2026-11";

    /// Reads them. Problems are collected in the reader.
    pub fn read(reader: &mut Reader) -> Self {
        let contacts = ContactTexts::read(reader);
        let office_hours = contacts.get("office_hours").map(str::to_owned);
        let mailer = super::staff::mailer(reader);
        let (proof_life, bot_tells_decision) = super::proofs::read(reader);
        let days = |reader: &mut Reader, setting, least: u64| {
            let days = reader.parse_with(setting, |text| text.parse().ok().filter(|days| *days >= least));
            Duration::from_secs(days.unwrap_or(least) * 24 * 60 * 60)
        };
        let silence = reader.parse_with(&OFFICER_SILENCE, |text| text.parse().ok().filter(|seconds| *seconds >= 60));
        Self {
            engine: EngineSettings {
                officer_silence: Duration::from_secs(silence.unwrap_or(14_400)),
                office_hours,
                bot_tells_decision,
                watch_days: super::watches::read(reader),
                consent_version: Self::CONSENT_VERSION.to_owned(),
            },
            contacts,
            envelopes_kept: days(reader, &ENVELOPE_DAYS, 1),
            texts_kept: days(reader, &TEXT_DAYS, 30),
            intake_queue: reader.parse(&INTAKE_QUEUE).unwrap_or(NonZeroUsize::MIN),
            requests: RequestSettings::read(reader),
            quiet: QuietHours::read(reader),
            notices: NoticeSettings::read(reader),
            proof_life,
            papers: PaperSettings::read(reader),
            mailer: mailer.clone(),
            staff: StaffTarget::read(reader, mailer),
        }
    }
}

/// What an [`App`] is made of.
pub struct Parts {
    /// The database.
    pub store: Store,
    /// Time and ids.
    pub clock: SharedClock,
    /// Words.
    pub catalog: Arc<Catalog>,
    /// The files of `locales/`: what is shipped, names of countries, urgent words.
    pub source: Arc<dyn Source + Send + Sync>,
    /// The transports that are on.
    pub transports: Vec<Arc<dyn Transport>>,
    /// A folder where trained models are kept beside the database. None: in the database alone.
    pub models_dir: Option<PathBuf>,
    /// Settings.
    pub settings: AppSettings,
}

impl Parts {
    pub(super) fn school(&self) -> School<'_> {
        School { store: &self.store, clock: &*self.clock, folder: self.models_dir.as_deref() }
    }
}

/// The running program, cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("process", &self.0.process).finish_non_exhaustive()
    }
}

struct Inner {
    parts: Parts,
    process: Uuid,
    library: RwLock<Arc<Library>>,
    /// The day the library was loaded for.
    day: Mutex<Date>,
    settings_revision: String,
    zones: Zones,
    writer: Batcher<Job>,
    outlets: Outlets,
    pictures: Pictures,
}

impl App {
    /// Puts the parts together and starts the group committer. Loads what may be said; on a fresh database, ships it.
    ///
    /// # Errors
    /// Where the database does not answer, or what is in it cannot be read.
    pub async fn start(parts: Parts) -> Result<Self, super::library::LibraryError> {
        let library = super::library::seed_and_load(&parts).await?;
        let (store, clock) = (parts.store.clone(), parts.clock.clone());
        let queue = parts.settings.intake_queue.get();
        let (writer, _) = Batcher::start(queue, SETTLE_QUEUE, GROUP, move |all: &[Job]| {
            let (store, clock) = (store.clone(), clock.clone());
            Box::pin(async move { super::commit::write(&store, &*clock, all).await })
        });
        let settings_revision = super::turns::settings_revision(&parts.settings.engine);
        let zones = Zones::read(&parts.source.read("shared/zones.csv").unwrap_or_default());
        let pictures = Pictures::new(parts.catalog.clone());
        let process = parts.clock.id();
        let library = RwLock::new(Arc::new(library));
        let day = Mutex::new(super::library::today(&*parts.clock));
        Ok(Self(Arc::new(Inner {
            parts,
            process,
            library,
            day,
            settings_revision,
            zones,
            writer,
            outlets: Outlets::default(),
            pictures,
        })))
    }

    /// The database.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.parts.store
    }

    /// Time and ids.
    #[must_use]
    pub fn clock(&self) -> &SharedClock {
        &self.0.parts.clock
    }

    /// Words.
    #[must_use]
    pub fn catalog(&self) -> &Arc<Catalog> {
        &self.0.parts.catalog
    }

    /// Settings.
    #[must_use]
    pub fn settings(&self) -> &AppSettings {
        &self.0.parts.settings
    }

    /// The transports that are on.
    #[must_use]
    pub fn transports(&self) -> &[Arc<dyn Transport>] {
        &self.0.parts.transports
    }

    /// The transport of a name. None where it is off.
    #[must_use]
    pub fn transport(&self, name: &str) -> Option<&Arc<dyn Transport>> {
        self.transports().iter().find(|transport| transport.name().as_str() == name)
    }

    /// One of our accounts on a transport. None where it is off here.
    pub(super) fn account(&self, name: &TransportName, account: &AccountName) -> Option<&Arc<dyn Transport>> {
        self.transports().iter().find(|one| one.name() == *name && one.account() == *account)
    }

    /// What may be said, as of now.
    #[must_use]
    pub fn library(&self) -> Arc<Library> {
        self.0.library.read().expect("nobody panics while holding it").clone()
    }

    pub(super) fn set_library(&self, library: Library, day: Date) {
        *self.0.day.lock().expect("nobody panics while holding it") = day;
        *self.0.library.write().expect("nobody panics while holding it") = Arc::new(library);
    }

    /// The day the library was loaded for.
    pub(super) fn library_day(&self) -> Date {
        *self.0.day.lock().expect("nobody panics while holding it")
    }

    /// This process, among those that share the database.
    #[must_use]
    pub fn process(&self) -> Uuid {
        self.0.process
    }

    pub(super) fn parts(&self) -> &Parts {
        &self.0.parts
    }

    /// The time zones of countries.
    pub(super) fn zones(&self) -> &Zones {
        &self.0.zones
    }

    pub(super) fn settings_revision(&self) -> &str {
        &self.0.settings_revision
    }

    /// What came in and what went out, written together.
    pub(super) fn writer(&self) -> &Batcher<Job> {
        &self.0.writer
    }

    pub(super) fn outlets(&self) -> &Outlets {
        &self.0.outlets
    }

    /// Pictures that go with words.
    #[must_use]
    pub fn pictures(&self) -> &Pictures {
        &self.0.pictures
    }
}
