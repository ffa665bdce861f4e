//! Everything a library is built from, read from the files of `locales/`.
use super::{ArticleFile, Countries, Lexicon, Urgent, read_missions};
use crate::assets::Source;
use crate::model::{LocaleTag, Missions};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// What the files hold, with what could not be read.
#[derive(Debug, Default)]
pub struct Material {
    /// Article files with their locales, in the order of their paths.
    pub texts: Vec<(LocaleTag, ArticleFile)>,
    /// Saudi missions abroad.
    pub missions: Missions,
    /// Countries and their names.
    pub countries: Countries,
    /// Urgent word lists of all locales.
    pub urgent: Urgent,
    /// Examples of messages that are an alarm, and of such as only sound so.
    pub alarms: BTreeSet<(String, String)>,
    /// The keys that articles may cite.
    pub sources: BTreeSet<String>,
    /// Wordings with a span of time that somebody reviewed.
    pub durations: Vec<String>,
    /// Function words that mean the same.
    pub lexicon: Lexicon,
    /// Sentences that are no question for us, of all locales.
    pub background: Vec<String>,
    /// Example questions in languages that have no articles of their own, by article.
    pub questions: BTreeMap<String, Vec<String>>,
    /// Files that could not be read, with the reason.
    pub problems: Vec<String>,
}

/// `locales/shared/durations.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Durations {
    duration: Vec<Duration>,
}

/// One reviewed wording.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Duration {
    text: String,
    #[serde(rename = "reason")]
    _reason: String,
}

impl Material {
    /// Reads all files of `source`. A file that cannot be read is left out and noted.
    #[must_use]
    pub fn read(source: &dyn Source) -> Self {
        let mut material = Self::default();
        for path in source.paths() {
            let Some(text) = source.read(&path) else { continue };
            let read = match path.split('/').collect::<Vec<_>>()[..] {
                [locale, "articles", name] => name.strip_suffix(".md").map(|id| material.article(locale, id, &text)),
                [_, "urgent.toml"] => Some(material.urgent.add(&text)),
                [_, "alarms.tsv"] => Some(super::alarms::read(&text, &mut material.alarms)),
                [_, "background.txt"] => {
                    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
                    material.background.extend(lines.map(str::to_owned));
                    None
                }
                ["shared", "lexicon.toml"] => Some(Lexicon::read(&text).map(|read| material.lexicon = read)),
                ["shared", "questions.toml"] => Some(material.questions(&text)),
                ["shared", "countries.csv"] => Some(Countries::read(&text).map(|read| material.countries = read)),
                ["shared", "sources.toml"] => Some(material.sources(&text)),
                ["shared", "durations.toml"] => Some(material.durations(&text)),
                _ => None,
            };
            if let Some(Err(reason)) = read {
                material.problems.push(format!("{path}: {reason}"));
            }
        }
        let table = |name: &str| source.read(&format!("shared/{name}")).unwrap_or_default();
        match read_missions(&table("missions.csv"), &table("missions_coverage.csv")) {
            Ok(missions) => material.missions = missions,
            Err(reason) => material.problems.push(format!("shared/missions*.csv: {reason}")),
        }
        material
    }

    fn article(&mut self, locale: &str, id: &str, text: &str) -> Result<(), String> {
        let file = ArticleFile::parse(text).map_err(|error| error.to_string())?;
        if file.id != id {
            return Err(format!("expected the id `{id}`, as the file is named"));
        }
        self.texts.push((LocaleTag::new(locale.to_owned()), file));
        Ok(())
    }

    /// Keys are the paths of the tables: `[policy.route.4]` is `policy.route.4`.
    fn sources(&mut self, text: &str) -> Result<(), String> {
        let table: toml::Table = toml::from_str(text).map_err(|error| error.to_string())?;
        collect_keys(&table, "", &mut self.sources);
        Ok(())
    }

    /// `[article] language = ["…"]`.
    fn questions(&mut self, text: &str) -> Result<(), String> {
        let table: BTreeMap<String, BTreeMap<String, Vec<String>>> =
            toml::from_str(text).map_err(|error| error.to_string())?;
        for (article, languages) in table {
            self.questions.entry(article).or_default().extend(languages.into_values().flatten());
        }
        Ok(())
    }

    fn durations(&mut self, text: &str) -> Result<(), String> {
        let read: Durations = toml::from_str(text).map_err(|error| error.to_string())?;
        self.durations.extend(read.duration.into_iter().map(|duration| duration.text));
        Ok(())
    }

    /// The texts of each article by locale.
    pub(super) fn by_article(&self) -> BTreeMap<&str, BTreeMap<&LocaleTag, &ArticleFile>> {
        let mut articles: BTreeMap<&str, BTreeMap<_, _>> = BTreeMap::new();
        for (locale, file) in &self.texts {
            articles.entry(&file.id).or_default().insert(locale, file);
        }
        articles
    }
}

/// Adds the path of every table, quoted keys with dots as they are.
fn collect_keys(table: &toml::Table, prefix: &str, keys: &mut BTreeSet<String>) {
    for (key, value) in table {
        let path = format!("{prefix}{key}");
        if let toml::Value::Table(inner) = value {
            collect_keys(inner, &format!("{path}."), keys);
        }
        keys.insert(path);
    }
}
