//! Alarms that no list has word for word: learnt from examples of `locales/<tag>/alarms.tsv`, beside the lists of [`super::urgent`].
use super::classifier::{Classifier, Lexicon, Sample, Teaching, Thresholds};
use super::parts::parts;
use super::{Alarm, Tier};
use std::collections::BTreeSet;

const DANGER: &str = "danger";
const PERSON: &str = "person";
/// Everything else: what the examples of articles are, too.
const ORDINARY: &str = "ordinary";

/// From which share of the belief danger is assumed: low, because a needless ticket costs less than a missed one. As low as it
/// can be while fewer than 2 of 100 ordinary questions raise an alarm (`content::alarms_…` holds both numbers).
const DANGER_FROM: f32 = 0.28;
/// Less suffices where danger and a person's need together reach [`ALARM_FROM`]: between the two, the worse is assumed.
const DANGER_AMONG_FROM: f32 = 0.13;
const ALARM_FROM: f32 = 0.3;
/// The same where a person is needed: as low as it can be while what only sounds like an emergency raises no more alarms.
const PERSON_FROM: f32 = 0.75;

/// The same of one sentence of a story, danger and person: half a sentence sounds like many things.
const SENTENCE_FROM: [f32; 2] = [0.8, 0.9];

/// Fewer words sound like whatever is commonest among the examples; for them there are the lists.
const FEWEST_WORDS: usize = 3;

/// Examples: what they are, and the message.
pub(super) type Examples = BTreeSet<(String, String)>;

/// Adds the lines of one file.
///
/// # Errors
/// The first line that is none.
pub(super) fn read(file: &str, examples: &mut Examples) -> Result<(), String> {
    for (place, line) in file.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        match line.split_once('\t') {
            Some((kind @ (DANGER | PERSON | ORDINARY), text)) => examples.insert((kind.to_owned(), text.to_owned())),
            _ => return Err(format!("line {}: expected danger, person or ordinary, a tab, a message", place + 1)),
        };
    }
    Ok(())
}

/// Learns them against `questions`, each with its article: those that ask for an article which comes with a ticket need a person,
/// unless the examples say of the same words that they are ordinary; all others are none.
pub(super) fn teach<'a>(
    examples: &'a Examples,
    questions: impl Iterator<Item = (&'a str, &'a str)>,
    needs_person: &BTreeSet<String>,
    lexicon: &Lexicon,
) -> Classifier {
    if examples.is_empty() {
        return Classifier::default();
    }
    let given = examples.iter().map(|(label, text)| Sample { label, text, title: false });
    let ordinary: BTreeSet<&str> =
        examples.iter().filter(|(label, _)| label == ORDINARY).map(|(_, text)| text.as_str()).collect();
    let questions = questions.map(|(article, text)| {
        let person = needs_person.contains(article) && !ordinary.contains(text);
        Sample { label: if person { PERSON } else { ORDINARY }, text, title: false }
    });
    Classifier::train(&Teaching {
        samples: given.chain(questions).collect(),
        background: Vec::new(),
        lexicon: lexicon.clone(),
        sensitive: Vec::new(),
        thresholds: Thresholds { ordinary: 1.0, sensitive: 1.0 },
        copies: true,
        calibrated: false,
    })
    .without_examples()
}

/// What a message sounds like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    Danger,
    Person,
}

impl Heard {
    /// The alarm without a topic of the lists.
    pub(super) fn alarm(self) -> Alarm {
        let (tier, topic, article) = match self {
            Self::Danger => (Tier::Danger, DANGER, "urgent-danger"),
            Self::Person => (Tier::Person, PERSON, "urgent-person"),
        };
        Alarm { tier, topic: topic.to_owned(), article: article.to_owned() }
    }
}

/// What a message, or a sentence of it, sounds like. None: like any question.
pub(super) fn sounds_like(model: &Classifier, message: &str) -> Option<Heard> {
    let shares = |piece: &str| {
        if piece.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count() < FEWEST_WORDS {
            return [0.0; 2];
        }
        let reading = model.read(piece);
        let of = |label| reading.ranked.iter().find(|(name, _)| *name == label).map_or(0.0, |(_, share)| *share);
        [of(DANGER), of(PERSON)]
    };
    let whole = shares(message);
    let pieces = parts(message);
    // A message of one sentence was read already.
    let pieces: Vec<[f32; 2]> = pieces.into_iter().filter(|piece| *piece != message).map(shares).collect();
    let [danger, person] = whole;
    let of_sentence = |place: usize| pieces.iter().any(|piece| piece[place] >= SENTENCE_FROM[place]);
    let among = danger >= DANGER_AMONG_FROM && danger + person >= ALARM_FROM;
    if danger >= DANGER_FROM || among || of_sentence(0) {
        Some(Heard::Danger)
    } else {
        (person >= PERSON_FROM || of_sentence(1)).then_some(Heard::Person)
    }
}
