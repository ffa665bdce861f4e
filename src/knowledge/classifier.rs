//! Which approved answer a message asks for, and how sure that is: the algorithm of nlu.md §A. Pure: texts in, a model out.
//!
//! Four views of a message's words ([`features`]) are weighed by rarity ([`vector`]), scored by multinomial logistic
//! regression ([`softmax`]) and compared with the nearest examples ([`nearest`]); what both say together is turned into a
//! probability by what was seen of examples kept from it ([`calibration`]).
mod calibration;
mod features;
mod lexicon;
mod nearest;
mod sample;
mod softmax;
mod train;
mod vector;

pub use lexicon::Lexicon;
pub use sample::Sample;
pub use train::{Teaching, Thresholds};

use crate::text;
use calibration::{Calibration, Signs};
use features::Feature;
use nearest::Nearest;
use serde::{Deserialize, Serialize};
use softmax::Softmax;
use std::collections::BTreeMap;
use vector::{Vector, Vocabulary};

/// The likeliest answers looked at: more than three titles are not read on a small screen.
const MOST_OFFERED: usize = 3;
/// The share of a message's letters, weighed, that must be known for an answer at once: every question of `tests/data/questions`
/// that is answered has more, what is stuffed with the field's words often has less.
const KNOWN_FROM: f32 = 0.58;
/// What a lead over nobody counts as.
const NO_RIVAL: f64 = 10.0;

/// A trained model. Serialised, it is the same bytes for the same teaching.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Classifier {
    /// The answers, in the order of their names.
    labels: Vec<String>,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    softmax: Softmax,
    nearest: Nearest,
    calibration: Calibration,
    /// From which confidence each answer may be said. Above one: never.
    answer_from: Vec<f64>,
    /// Classes by the words of each example.
    exact: BTreeMap<u64, Vec<u32>>,
}

/// What a message was understood as.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading<'a> {
    /// The likeliest answers, best first, at most three, each with its share of the belief.
    pub ranked: Vec<(&'a str, f32)>,
    /// Probability that the first is right, and that there is an answer at all.
    pub confidence: f64,
    /// Whether that suffices to say it at once.
    pub sure: bool,
}

impl Classifier {
    /// The answers known.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The same without the examples themselves: for those who look at shares only, a tenth of the memory and half the time.
    #[must_use]
    pub fn without_examples(mut self) -> Self {
        self.nearest = Nearest::new(self.nearest.starts.len().saturating_sub(1), &[]);
        self
    }

    /// Reads a message.
    #[must_use]
    pub fn read(&self, message: &str) -> Reading<'_> {
        let folded = text::fold(message);
        let folded = self.lexicon.without_opening(&folded);
        if let Some(same) = self.exact.get(&features::whole(folded)) {
            return self.same(same);
        }
        let features = features::features(folded, &self.lexicon);
        let vector = self.vocabulary.vector(&features);
        if vector.is_empty() || self.labels.is_empty() {
            return Reading { ranked: Vec::new(), confidence: 0.0, sure: false };
        }
        let guess = Guess::new(&self.softmax, &self.nearest, &vector);
        let confidence = self.calibration.probability(&guess.signs);
        let ranked = guess.best.iter().map(|&(class, p)| (self.labels[class as usize].as_str(), p)).collect();
        let sure = confidence >= self.answer_from[guess.best[0].0 as usize] && self.is_plain(&features);
        Reading { ranked, confidence, sure }
    }

    /// Whether a message may be answered at once: none of foreign words around a few of ours, none that says the same twice.
    /// The examples that confidence comes from are neither, so it says nothing about such messages.
    fn is_plain(&self, features: &[Feature]) -> bool {
        self.vocabulary.known(features) >= KNOWN_FROM && !features::repeats(features)
    }

    /// The words of an example: certain, unless two answers have them.
    fn same(&self, classes: &[u32]) -> Reading<'_> {
        let share = 1.0 / calibration::count(classes.len());
        #[expect(clippy::cast_possible_truncation, reason = "a share between 0 and 1")]
        let ranked = classes.iter().map(|&class| (self.labels[class as usize].as_str(), share as f32));
        Reading { ranked: ranked.take(MOST_OFFERED).collect(), confidence: share, sure: classes.len() == 1 }
    }
}

/// The likeliest classes and what calibration looks at.
struct Guess {
    best: Vec<(u32, f32)>,
    signs: Signs,
}

impl Guess {
    fn new(softmax: &Softmax, nearest: &Nearest, vector: &Vector) -> Self {
        let mut scores = softmax.scores(vector);
        let mut best: Vec<(u32, f32)> = Vec::with_capacity(MOST_OFFERED + 1);
        for (class, &score) in (0..).zip(&scores) {
            let place = best.partition_point(|&(_, other)| other >= score);
            if place < MOST_OFFERED {
                best.insert(place, (class, score));
                best.truncate(MOST_OFFERED);
            }
        }
        let (first, score) = best[0];
        let lead = best.get(1).map_or(NO_RIVAL, |second| f64::from(score - second.1));
        softmax::probabilities(&mut scores);
        for (class, p) in &mut best {
            *p = scores[*class as usize];
        }
        let p = f64::from(best[0].1).clamp(1e-6, 1.0 - 1e-6);
        let likeness = nearest.likeness(vector, first);
        let most: f32 = features::WEIGHTS.iter().map(|weight| weight * weight).sum();
        let [nearest, rest @ ..] = likeness.own;
        let signs = [
            (p / (1.0 - p)).ln(),
            lead,
            f64::from(score),
            f64::from(nearest / most),
            f64::from((nearest - likeness.others) / most),
            f64::from(rest.iter().sum::<f32>() / most),
        ];
        Self { best, signs }
    }
}
