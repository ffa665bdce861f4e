//! The snapshot that serving threads read; replaced whole when something is approved.
use super::alarms::{self, Heard};
use super::classifier::Reading;
use super::decide::{Decision, decide_parts};
use super::parts::parts;
use super::{Alarm, Article, ArticleFile, ArticleText, Countries, Lesson, Material, Tier, Understanding, Urgent};
use crate::model::{Content, LocaleTag, Missions};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything that may be said, at one revision.
#[derive(Debug, Default)]
pub struct Library {
    /// Goes up by one with every approval; kept with each turn.
    pub revision: i64,
    /// Articles by id.
    pub articles: BTreeMap<String, Article>,
    /// Saudi missions abroad.
    pub missions: Missions,
    countries: Countries,
    urgent: Urgent,
    understanding: Arc<Understanding>,
    /// The name of the model: kept with every turn.
    pub model: String,
}

impl Library {
    /// The snapshot `revision` of these texts, understood by `model`: its name and itself.
    ///
    /// What is the same in every language (kind, buttons, care) is taken from the Arabic text, where there is one.
    #[must_use]
    pub fn new(
        revision: i64,
        mut texts: Vec<(LocaleTag, ArticleFile)>,
        missions: Missions,
        countries: Countries,
        urgent: Urgent,
        (model, understanding): (String, Arc<Understanding>),
    ) -> Self {
        texts.sort_by_key(|(locale, _)| *locale != LocaleTag::ARABIC);
        let mut articles: BTreeMap<String, Article> = BTreeMap::new();
        for (locale, file) in texts {
            let article = articles.entry(file.id.clone()).or_insert_with(|| Article {
                id: file.id.clone(),
                kind: file.kind,
                sensitive: file.sensitive,
                offer: file.offer.clone(),
                texts: BTreeMap::new(),
            });
            article.texts.insert(locale, text(file, revision));
        }
        Self { revision, articles, missions, countries, urgent, understanding, model }
    }

    /// The snapshot `revision` of everything in `material`, with a model taught here and now: for tests and tools. Takes
    /// seconds for all articles.
    #[must_use]
    pub fn taught(revision: i64, material: Material) -> Self {
        let lesson = Lesson::new(&material.texts, &material);
        let model = (lesson.fingerprint(), Arc::new(lesson.teach()));
        let Material { texts, missions, countries, urgent, .. } = material;
        Self::new(revision, texts, missions, countries, urgent, model)
    }

    /// The article `id`. None where nothing approved has this id.
    #[must_use]
    pub fn article(&self, id: &str) -> Option<&Article> {
        self.articles.get(id)
    }

    /// Finds what to do with the question `text`, asked in `locale`.
    ///
    /// All languages are searched, whatever the person's: people mix them, and the article is said in theirs.
    #[must_use]
    pub fn classify(&self, text: &str, _locale: &LocaleTag) -> Decision {
        let text = bounded(text);
        let parts: Vec<Reading<'_>> = parts(text).into_iter().map(|part| self.read(part)).collect();
        decide_parts(&self.read(text), &parts, |id| self.articles.contains_key(id))
    }

    /// What the model makes of a message, for those who look closer than [`Library::classify`].
    #[must_use]
    pub fn read(&self, text: &str) -> Reading<'_> {
        self.understanding.answers.read(text)
    }

    /// Whether the message is an emergency or needs a person; danger is looked for first, in the lists before what was learnt.
    #[must_use]
    pub fn urgent(&self, text: &str) -> Option<Alarm> {
        let text = bounded(text);
        let listed = self.urgent.find(text).cloned();
        if listed.as_ref().is_some_and(|alarm| alarm.tier == Tier::Danger) {
            return listed;
        }
        let heard = alarms::sounds_like(&self.understanding.alarms, text);
        match heard {
            Some(Heard::Danger) => heard.map(Heard::alarm),
            _ if listed.is_some() => listed,
            Some(Heard::Person) => Some(self.asked(text).unwrap_or_else(|| Heard::Person.alarm())),
            None => None,
        }
    }

    /// The alarm of the lists whose article the message asks for. None where it asks for none that comes with a ticket.
    fn asked(&self, text: &str) -> Option<Alarm> {
        let guess = self.read(text).ranked.first()?.0;
        self.urgent.topics().iter().find(|topic| topic.tier == Tier::Person && topic.article == guess).cloned()
    }

    /// The country named in the message, ISO 3166-1 alpha-2. None where none or more than one is.
    #[must_use]
    pub fn country_in(&self, text: &str) -> Option<String> {
        self.countries.find(text).map(str::to_owned)
    }

    /// The country's name in a language. None for a country that is not on the list.
    #[must_use]
    pub fn country_name(&self, iso2: &str, locale: &LocaleTag) -> Option<&str> {
        self.countries.name(iso2, locale)
    }
}

/// As much of a message as is looked at: what conversations keep of one.
fn bounded(text: &str) -> &str {
    text.char_indices().nth(Content::MAX_TEXT).map_or(text, |(end, _)| &text[..end])
}

/// A file as the snapshot holds it.
fn text(file: ArticleFile, revision: i64) -> ArticleText {
    let questions = file.questions.into_values().flatten().collect();
    let ArticleFile { title, short_title, short, body, status, .. } = file;
    ArticleText { revision, title, short_title, short, body, status, questions }
}
