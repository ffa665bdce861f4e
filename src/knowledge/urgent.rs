//! Urgent words: danger to life, or a person is needed. Looked for before any ranking.
use crate::text::{self, Phrases};
use serde::Deserialize;

/// How urgent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tier {
    /// Danger to life: a short text and a ticket at once.
    Danger,
    /// A person is needed: the article if there is one, and a ticket.
    Person,
}

/// What was recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// How urgent.
    pub tier: Tier,
    /// What it is about, for staff.
    pub topic: String,
    /// The article to say.
    pub article: String,
}

/// The word lists of all locales, ready to match.
#[derive(Debug, Clone, Default)]
pub struct Urgent {
    topics: Vec<Alarm>,
    phrases: Phrases,
    /// What each phrase belongs to.
    meaning: Vec<Meaning>,
}

/// What a phrase of the lists says.
#[derive(Debug, Clone, Copy)]
struct Meaning {
    topic: usize,
    /// An everyday expression: an alarm within it is none.
    unless: bool,
}

/// One file, `locales/<tag>/urgent.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    danger: Vec<Topic>,
    #[serde(default)]
    person: Vec<Topic>,
}

/// One table of a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Topic {
    #[serde(rename = "topic")]
    name: String,
    article: String,
    any: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
}

impl Urgent {
    /// Adds the lists of one file.
    ///
    /// # Errors
    /// What is wrong with the file; nothing of it was added.
    pub fn add(&mut self, file: &str) -> Result<(), String> {
        let file: File = toml::from_str(file).map_err(|error| error.to_string().trim().to_owned())?;
        for (tier, topics) in [(Tier::Danger, file.danger), (Tier::Person, file.person)] {
            for Topic { name, article, any, unless } in topics {
                let number = self.topics.len();
                self.topics.push(Alarm { tier, topic: name, article });
                let lists = any.iter().map(|phrase| (phrase, false)).chain(unless.iter().map(|phrase| (phrase, true)));
                for (phrase, unless) in lists {
                    if self.phrases.add(phrase).is_some() {
                        self.meaning.push(Meaning { topic: number, unless });
                    }
                }
            }
        }
        Ok(())
    }

    /// The alarm in a message; danger before anything else, then what comes first in the lists. None for an ordinary message.
    #[must_use]
    pub fn find(&self, message: &str) -> Option<&Alarm> {
        let folded = text::fold(message);
        let found = self.phrases.find(&text::words(&folded).collect::<Vec<_>>());
        let everyday: Vec<(&text::Found, usize)> = (found.iter())
            .filter(|one| self.meaning[one.phrase].unless)
            .map(|one| (one, self.meaning[one.phrase].topic))
            .collect();
        let alarms = found.iter().filter_map(|one| {
            let Meaning { topic, unless } = self.meaning[one.phrase];
            let inside = |wider: &text::Found| wider.start <= one.start && one.nearest <= wider.farthest;
            let harmless = || everyday.iter().any(|&(wider, of)| of == topic && inside(wider));
            (!unless && !harmless()).then_some(topic)
        });
        alarms.min_by_key(|&topic| (self.topics[topic].tier, topic)).map(|topic| &self.topics[topic])
    }

    /// The alarms that can be raised, in the order of the lists.
    #[must_use]
    pub fn topics(&self) -> &[Alarm] {
        &self.topics
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &str = r#"
        [[person]]
        topic = "arrest"
        article = "urgent-arrest"
        any = ["سجن*"]
        [[danger]]
        topic = "threat"
        article = "urgent-danger"
        any = ["قتلني", "يهدد* ~ بالقتل"]
        unless = ["قتلني ~ انتظار"]
    "#;

    #[test]
    fn danger_comes_first_and_everyday_words_are_no_alarm() {
        let mut urgent = Urgent::default();
        urgent.add(LISTS).unwrap();
        let topic = |message| urgent.find(message).map(|alarm| (alarm.tier, alarm.topic.as_str()));
        assert_eq!(topic("زوجي يهددني كل يوم بالقتل وهو في السجن"), Some((Tier::Danger, "threat")));
        assert_eq!(topic("أبوهم بالسجن"), Some((Tier::Person, "arrest")));
        assert_eq!(topic("قتلني الانتظار"), None);
        assert_eq!(topic("قتلني الانتظار وبعدين قتلني"), Some((Tier::Danger, "threat")));
        assert_eq!(topic("كيف أقدم؟"), None);
        assert!(urgent.add("[[danger]]\ntopic = 1").is_err());
    }
}
