//! The world that dialogues are held in: the phrases of the program, and a small library of its own, so that editing an
//! article does not rewrite every dialogue.
use crate::support::library::library;
use awasir::app::render::{ContactTexts, render};
use awasir::channels::{Limits, Unit};
use awasir::engine::{EngineSettings, World};
use awasir::knowledge::{Library, Material};
use awasir::locale::Catalog;
use awasir::model::{Say, Timestamp};
use awasir::settings::Reader;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What a step may look at, owned.
pub(crate) struct Stage {
    pub(crate) library: Library,
    pub(crate) catalog: Catalog,
    pub(crate) settings: EngineSettings,
    contacts: ContactTexts,
}

impl Stage {
    /// The phrases of `locales/*/bot.ftl`, all else from `tests/data/dialogues/world`.
    pub(crate) fn new() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = BTreeMap::new();
        read_folder(&root.join("tests/data/dialogues/world"), "", &mut files);
        for locale in ["ar", "en"] {
            let phrases = root.join(format!("locales/{locale}/bot.ftl"));
            files.insert(format!("{locale}/bot.ftl"), fs::read_to_string(phrases).unwrap());
            let phrases = root.join(format!("locales/{locale}/people.ftl"));
            files.insert(format!("{locale}/people.ftl"), fs::read_to_string(phrases).unwrap());
        }
        let lexicon = fs::read_to_string(root.join("locales/shared/lexicon.toml")).unwrap();
        files.insert("shared/lexicon.toml".to_owned(), lexicon);
        let material = Material::read(&files);
        assert!(material.problems.is_empty(), "{:?}", material.problems);
        let catalog = Catalog::load(&files).unwrap();
        Self::of(Library::taught(1, material), catalog)
    }

    /// What is compiled in.
    pub(crate) fn embedded() -> Self {
        Self::of(library(), Catalog::embedded())
    }

    fn of(library: Library, catalog: Catalog) -> Self {
        let settings = EngineSettings {
            officer_silence: Duration::from_hours(2),
            office_hours: None,
            bot_tells_decision: false,
            watch_days: 365,
            consent_version: "2026-11".to_owned(),
        };
        let contacts = ContactTexts::read(&mut Reader::from_values([]));
        Self { library, catalog, settings, contacts }
    }

    pub(crate) fn at(&self, now: Timestamp) -> World<'_> {
        World {
            now,
            library: &self.library,
            catalog: &self.catalog,
            settings: &self.settings,
            shares_number: false,
            salt: 0,
        }
    }

    /// What a person reads, without the invisible marks around values.
    pub(crate) fn words(&self, say: &Say) -> String {
        let limits = Limits {
            text: 10_000,
            unit: Unit::Char,
            parts: 1,
            choices: 20,
            choice_label: 60,
            caption: None,
            bold: false,
            isolates: false,
            window: None,
            shares_number: false,
            in_flight: 1,
        };
        let parts = render(say, &self.catalog, &self.library, &limits, &self.contacts);
        parts
            .iter()
            .map(|part| part.text.to_plain())
            .collect::<Vec<_>>()
            .join("\n")
            .replace(['\u{2068}', '\u{2069}'], "")
    }
}

fn read_folder(folder: &PathBuf, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            read_folder(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}
