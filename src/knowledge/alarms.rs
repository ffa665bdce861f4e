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
const DANGER_FROM: f32 = 0.2;
/// The same where a person is needed.
const PERSON_FROM: f32 = 0.4;

/// The same of one sentence of a story: half a sentence sounds like many things.
const SENTENCE_FROM: f32 = 0.8;

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

/// Learns them against `everyday`: questions that are none.
pub(super) fn teach<'a>(
    examples: &'a Examples,
    everyday: impl Iterator<Item = &'a str>,
    lexicon: &Lexicon,
) -> Classifier {
    if examples.is_empty() {
        return Classifier::default();
    }
    let given = examples.iter().map(|(label, text)| Sample { label, text, title: false });
    let everyday = everyday.map(|text| Sample { label: ORDINARY, text, title: false });
    Classifier::train(&Teaching {
        samples: given.chain(everyday).collect(),
        background: Vec::new(),
        lexicon: lexicon.clone(),
        sensitive: Vec::new(),
        thresholds: Thresholds { ordinary: 1.0, sensitive: 1.0 },
        copies: true,
    })
    .without_examples()
}

/// The alarm that a message, or a sentence of it, sounds like; only danger where `only_danger` is set.
pub(super) fn sounds_like(model: &Classifier, message: &str, only_danger: bool) -> Option<Alarm> {
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
    let sounds = |place: usize, from| whole[place] >= from || pieces.iter().any(|piece| piece[place] >= SENTENCE_FROM);
    let alarm = |tier, topic: &str, article: &str| Alarm { tier, topic: topic.to_owned(), article: article.to_owned() };
    if sounds(0, DANGER_FROM) {
        return Some(alarm(Tier::Danger, DANGER, "urgent-danger"));
    }
    (!only_danger && sounds(1, PERSON_FROM)).then(|| alarm(Tier::Person, PERSON, "urgent-person"))
}
