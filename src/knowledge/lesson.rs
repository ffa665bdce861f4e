//! What the classifier is taught from what may be said: the examples and titles of articles, and what is no question for us.
use super::alarms::{self, Examples};
use super::classifier::{Classifier, Sample, Teaching, Thresholds};
use super::{ArticleFile, ArticleKind, Lexicon, Material, TextEmbedder, Tier};
use crate::model::LocaleTag;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;

/// The way questions are understood; part of every fingerprint, raised when features, training or thresholds change.
const METHOD: &str = "softmax-5";

/// The share of direct answers that must be right, as far as examples can tell (domain.md: a confident wrong answer is the
/// worst fault).
const THRESHOLDS: Thresholds = Thresholds { ordinary: 0.95, sensitive: 0.97 };

/// What was learnt, whole: it is kept and swapped as one.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Understanding {
    /// Which answer a message asks for.
    pub answers: Classifier,
    /// Whether it sounds like an emergency.
    pub alarms: Classifier,
}

/// Everything a model depends on. The same lesson gives the same model.
#[derive(Debug, Clone, Default)]
pub struct Lesson {
    /// Article, example, whether it is a title; in order.
    samples: BTreeSet<(String, String, bool)>,
    background: BTreeSet<String>,
    lexicon: Lexicon,
    sensitive: BTreeSet<String>,
    alarms: Examples,
    /// Articles that come with a ticket: what asks for them is an alarm.
    needs_person: BTreeSet<String>,
    /// The fingerprint of the embedder, where one helps.
    embedder: Option<String>,
}

impl Lesson {
    /// The lesson of these texts. Articles on emergencies are not taught: word lists find them.
    #[must_use]
    pub fn new(texts: &[(LocaleTag, ArticleFile)], material: &Material) -> Self {
        let mut lesson = Self {
            background: material.background.iter().cloned().collect(),
            lexicon: material.lexicon.clone(),
            alarms: material.alarms.clone(),
            needs_person: (material.urgent.topics().iter())
                .filter(|alarm| alarm.tier == Tier::Person)
                .map(|alarm| alarm.article.clone())
                .collect(),
            ..Self::default()
        };
        for (_, file) in texts.iter().filter(|(_, file)| file.kind != ArticleKind::Urgent) {
            let of = |text: &str, title| (file.id.clone(), text.to_owned(), title);
            lesson.samples.insert(of(&file.title, true));
            let elsewhere = material.questions.get(&file.id).into_iter().flatten().map(String::as_str);
            lesson.samples.extend(file.examples().chain(elsewhere).map(|example| of(example, false)));
            if file.sensitive {
                lesson.sensitive.insert(file.id.clone());
            }
        }
        lesson
    }

    /// The same lesson, taught with the help of an embedder: its model is another one.
    #[must_use]
    pub fn with_embedder(self, embedder: &dyn TextEmbedder) -> Self {
        Self { embedder: Some(embedder.fingerprint()), ..self }
    }

    /// What tells this lesson from every other, and the way it is taught: the name of its model.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new_with_prefix(METHOD);
        let mut add = |part: &str| {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        };
        for (article, example, title) in &self.samples {
            add(article);
            add(example);
            add(if *title { "title" } else { "example" });
        }
        self.background.iter().for_each(|line| add(line));
        self.lexicon.entries().flat_map(|(word, concept)| [word, concept]).for_each(&mut add);
        self.sensitive.iter().for_each(|article| add(article));
        self.alarms.iter().flat_map(|(kind, text)| [kind, text]).for_each(|part| add(part));
        self.needs_person.iter().for_each(|article| add(article));
        self.embedder.iter().for_each(|embedder| add(embedder));
        add(&format!("{THRESHOLDS:?}"));
        hex::encode(&hash.finalize()[..12])
    }

    /// Trains the model: some seconds of work.
    #[must_use]
    pub fn teach(&self) -> Understanding {
        Understanding { answers: Classifier::train(&self.teaching()), alarms: self.teach_alarms() }
    }

    /// Trains what recognises emergencies.
    fn teach_alarms(&self) -> Classifier {
        let questions = self.samples.iter().map(|(article, text, _)| (article.as_str(), text.as_str()));
        let background = self.background.iter().map(|line| ("", line.as_str()));
        alarms::teach(&self.alarms, questions.chain(background), &self.needs_person, &self.lexicon)
    }

    /// What the classifier is taught.
    #[must_use]
    pub fn teaching(&self) -> Teaching<'_> {
        let samples = self.samples.iter();
        Teaching {
            samples: samples.map(|(label, text, title)| Sample { label, text, title: *title }).collect(),
            background: self.background.iter().map(String::as_str).collect(),
            lexicon: self.lexicon.clone(),
            sensitive: self.sensitive.iter().map(String::as_str).collect(),
            thresholds: THRESHOLDS,
            copies: true,
            calibrated: true,
        }
    }
}
