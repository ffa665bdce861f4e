//! How well messages are understood: the numbers that tell, over messages whose right answer is known.
use super::classifier::{Classifier, Reading, Sample, Teaching};
use std::collections::{BTreeMap, BTreeSet};

/// One message read by the classifier, beside what it should have been.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// What it was.
    pub kind: Asked,
    /// What it was taken for; none where nothing was near.
    pub guess: Option<String>,
    /// The right answer is among the likeliest three.
    pub within_three: bool,
    /// How sure.
    pub confidence: f64,
    /// Answered at once.
    pub answered: bool,
}

/// What a message of a test was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// A question with this answer.
    Known(String),
    /// A question of the field that has no answer here.
    Near,
    /// No question for us.
    Far,
}

impl Scored {
    /// Reads one message.
    #[must_use]
    pub fn new(reading: &Reading<'_>, kind: Asked) -> Self {
        let label = match &kind {
            Asked::Known(label) => Some(label.as_str()),
            Asked::Near | Asked::Far => None,
        };
        Self {
            within_three: reading.ranked.iter().any(|&(guess, _)| Some(guess) == label),
            guess: reading.ranked.first().map(|&(guess, _)| guess.to_owned()),
            confidence: reading.confidence,
            answered: reading.sure,
            kind,
        }
    }

    /// Its answer is known and was guessed.
    #[must_use]
    pub fn right(&self) -> bool {
        matches!(&self.kind, Asked::Known(label) if self.guess.as_ref() == Some(label))
    }
}

/// The numbers of one test. Shares are between 0 and 1; what nothing was measured for is not a number.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Numbers {
    /// Questions with a known answer, siblings without one, and messages that are no question.
    pub messages: [usize; 3],
    /// Known questions whose answer came first.
    pub accuracy: f64,
    /// The mean over answers of the harmonic mean of precision and recall.
    pub macro_f1: f64,
    /// Known questions whose answer is among the first three.
    pub within_three: f64,
    /// Known questions answered at once.
    pub coverage: f64,
    /// Answers given at once that were right, of known questions alone.
    pub precision_known: f64,
    /// The same where one message in eight is a sibling and one in eight is no question.
    pub precision_mixed: f64,
    /// The same over the messages as they are.
    pub precision: f64,
    /// Siblings answered.
    pub near_answered: f64,
    /// Messages that are no question, answered.
    pub far_answered: f64,
    /// How well confidence parts known questions from siblings: area under the curve.
    pub auroc_near: f64,
    /// And from what is no question.
    pub auroc_far: f64,
    /// Known questions rightly taken where four in five of the others are turned away.
    pub accuracy_at_recall: f64,
}

impl Numbers {
    /// Counts over all messages of a test.
    #[must_use]
    pub fn of(scored: &[Scored]) -> Self {
        let known: Vec<&Scored> = scored.iter().filter(|one| matches!(one.kind, Asked::Known(_))).collect();
        let near: Vec<&Scored> = scored.iter().filter(|one| one.kind == Asked::Near).collect();
        let far: Vec<&Scored> = scored.iter().filter(|one| one.kind == Asked::Far).collect();
        let answered_right = |of: &[&Scored]| of.iter().filter(|one| one.answered && one.right()).count();
        let answered = |of: &[&Scored]| of.iter().filter(|one| one.answered).count();
        let all: Vec<&Scored> = scored.iter().collect();
        let coverage = share(answered(&known), known.len());
        let (near_answered, far_answered) = (share(answered(&near), near.len()), share(answered(&far), far.len()));
        let mixed = 0.75 * coverage + 0.125 * or_none(near_answered) + 0.125 * or_none(far_answered);
        let others: Vec<f64> = near.iter().chain(&far).map(|one| one.confidence).collect();
        Self {
            messages: [known.len(), near.len(), far.len()],
            accuracy: share(known.iter().filter(|one| one.right()).count(), known.len()),
            macro_f1: macro_f1(&known),
            within_three: share(known.iter().filter(|one| one.within_three).count(), known.len()),
            coverage,
            precision_known: share(answered_right(&known), answered(&known)),
            precision_mixed: 0.75 * share(answered_right(&known), known.len()) / mixed,
            precision: share(answered_right(&all), answered(&all)),
            near_answered,
            far_answered,
            auroc_near: auroc(&confidences(&known), &confidences(&near)),
            auroc_far: auroc(&confidences(&known), &confidences(&far)),
            accuracy_at_recall: accuracy_at_recall(&known, others),
        }
    }
}

/// Which answers are taken for which: right answer, guess, how often; the most frequent first.
#[must_use]
pub fn confusions(scored: &[Scored]) -> Vec<(String, String, usize)> {
    let mut pairs: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for one in scored {
        if let (Asked::Known(label), Some(guess)) = (&one.kind, &one.guess)
            && label != guess
        {
            *pairs.entry((label, guess)).or_default() += 1;
        }
    }
    let mut pairs: Vec<_> =
        pairs.into_iter().map(|((label, guess), times)| (label.to_owned(), guess.to_owned(), times)).collect();
    pairs.sort_by_key(|&(.., times)| std::cmp::Reverse(times));
    pairs
}

/// Reads `(label, message)` rows; a label the model does not know is a sibling.
#[must_use]
pub fn score(classifier: &Classifier, rows: &[(String, String)]) -> Vec<Scored> {
    let known: BTreeSet<&str> = classifier.labels().iter().map(String::as_str).collect();
    let kind = |label: &str| if known.contains(label) { Asked::Known(label.to_owned()) } else { Asked::Near };
    rows.iter().map(|(label, message)| Scored::new(&classifier.read(message), kind(label))).collect()
}

/// Every example, beside what a model made of it that learnt only the others: five rounds, each without a fifth.
#[must_use]
pub fn crossed(teaching: &Teaching<'_>) -> Vec<(String, Scored)> {
    const ROUNDS: usize = 5;
    let held = |place: usize, round: usize| place % ROUNDS == round && !teaching.samples[place].title;
    (0..ROUNDS)
        .flat_map(|round| {
            let places = 0..teaching.samples.len();
            let kept: Vec<Sample<'_>> =
                places.clone().filter(|&place| !held(place, round)).map(|place| teaching.samples[place]).collect();
            let classifier = Classifier::train(&Teaching { samples: kept, ..teaching.clone() });
            let asked = places.filter(|&place| held(place, round)).map(|place| &teaching.samples[place]);
            asked
                .map(|sample| {
                    let kind = Asked::Known(sample.label.to_owned());
                    (sample.text.to_owned(), Scored::new(&classifier.read(sample.text), kind))
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

fn confidences(of: &[&Scored]) -> Vec<f64> {
    of.iter().map(|one| one.confidence).collect()
}

/// A part of a whole, between 0 and 1; not a number where there is no whole.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of messages are far below 2^52")]
pub fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

const fn or_none(share: f64) -> f64 {
    if share.is_nan() { 0.0 } else { share }
}

fn macro_f1(known: &[&Scored]) -> f64 {
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for one in known {
        let Asked::Known(label) = &one.kind else { continue };
        counts.entry(label).or_default()[0] += 1;
        if let Some(guess) = &one.guess {
            counts.entry(guess).or_default()[1] += 1;
            counts.entry(label).or_default()[2] += usize::from(guess == label);
        }
    }
    // Answers that nobody asked for in this test say nothing about it.
    let asked: Vec<f64> = counts
        .values()
        .filter(|[asked, ..]| *asked > 0)
        .map(|&[asked, guessed, right]| share(2 * right, asked + guessed))
        .collect();
    asked.iter().sum::<f64>() / share(asked.len(), 1)
}

/// The chance that a message of `yes` has more confidence than one of `no`.
fn auroc(yes: &[f64], no: &[f64]) -> f64 {
    let mut all: Vec<(f64, bool)> = yes
        .iter()
        .map(|&confidence| (confidence, true))
        .chain(no.iter().map(|&confidence| (confidence, false)))
        .collect();
    all.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (mut below, mut won) = (0.0, 0.0);
    for tie in all.chunk_by(|one, other| one.0 == other.0) {
        let losers = share(tie.iter().filter(|(_, yes)| !yes).count(), 1);
        let winners = share(tie.len(), 1) - losers;
        won += winners * (below + losers / 2.0);
        below += losers;
    }
    won / (share(yes.len(), 1) * share(no.len(), 1))
}

fn accuracy_at_recall(known: &[&Scored], mut others: Vec<f64>) -> f64 {
    others.sort_by(f64::total_cmp);
    let Some(&least) = others.get((others.len() * 4).div_ceil(5).saturating_sub(1)) else { return f64::NAN };
    share(known.iter().filter(|one| one.right() && one.confidence > least).count(), known.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(kind: Asked, guess: &str, confidence: f64, answered: bool) -> Scored {
        let within_three = kind == Asked::Known(guess.to_owned());
        Scored { kind, guess: Some(guess.to_owned()), within_three, confidence, answered }
    }

    #[test]
    fn numbers_are_counted() {
        let known = |label: &str| Asked::Known(label.to_owned());
        let numbers = Numbers::of(&[
            scored(known("a"), "a", 0.9, true),
            scored(known("a"), "b", 0.4, false),
            scored(known("b"), "b", 0.6, true),
            scored(Asked::Near, "b", 0.8, true),
            scored(Asked::Far, "a", 0.1, false),
        ]);
        let near = |one: f64, other: f64| assert!((one - other).abs() < 1e-9, "{one} {other}");
        near(numbers.accuracy, 2.0 / 3.0);
        near(numbers.coverage, 2.0 / 3.0);
        near(numbers.precision, 2.0 / 3.0);
        near(numbers.precision_known, 1.0);
        near(numbers.precision_mixed, 0.5 / 0.625);
        near(numbers.macro_f1, 2.0 / 3.0);
        near(numbers.auroc_near, 1.0 / 3.0);
        near(numbers.auroc_far, 1.0);
        near(numbers.accuracy_at_recall, 1.0 / 3.0);
    }
}
