//! Training: the model over all examples, then how far to trust it, from rounds in which examples and answers are kept from it.
use super::calibration::{Calibration, Kind, Row, Shares, is_right, threshold};
use super::features::{Feature, features, whole};
use super::nearest::Nearest;
use super::sample::{FOLDS, Prepared, fold, prepare};
use super::softmax::{Plan, Softmax};
use super::vector::{Vector, Vocabulary};
use super::{Classifier, Guess, Lexicon, Sample};
use std::collections::BTreeMap;

/// Answers given in calibration from which one answer's own precision is looked at.
const ENOUGH: usize = 5;
/// What training data promise is kept a little less well by real messages: this share of the errors allowed is kept in hand.
const IN_HAND: f64 = 0.1;
/// No confidence reaches it.
const NEVER: f64 = 2.0;

/// What a classifier is taught.
#[derive(Debug, Clone)]
pub struct Teaching<'a> {
    /// Examples and titles, in any order.
    pub samples: Vec<Sample<'a>>,
    /// Sentences that are no question for us.
    pub background: Vec<&'a str>,
    /// Function words.
    pub lexicon: Lexicon,
    /// Answers that need the higher precision: money, law, health.
    pub sensitive: Vec<&'a str>,
    /// What is asked of direct answers.
    pub thresholds: Thresholds,
    /// Whether Arabic examples are taught in Latin letters too.
    pub copies: bool,
    /// Whether it is measured how far to trust it: five more trainings. Without, nothing is ever sure.
    pub calibrated: bool,
}

/// The share of direct answers that must be right, as far as training data can tell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Of all answers.
    pub ordinary: f64,
    /// Of answers on money, law and health.
    pub sensitive: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { ordinary: 0.90, sensitive: 0.95 }
    }
}

impl Classifier {
    /// Trains a model. The same teaching gives the same model, whatever the order of its samples.
    #[must_use]
    pub fn train(teaching: &Teaching<'_>) -> Self {
        let (labels, prepared) = prepare(&teaching.samples, &teaching.lexicon, teaching.copies);
        let mut background: Vec<String> =
            teaching.background.iter().map(|line| fold(line, &teaching.lexicon)).collect();
        background.sort_unstable();
        background.dedup();
        let background: Vec<Vec<Feature>> =
            background.iter().map(|folded| features(folded, &teaching.lexicon)).collect();
        let taught: Vec<&Prepared> = prepared.iter().collect();
        let Core { vocabulary, softmax, nearest } = Core::train(labels.len(), &taught);
        let rows = if teaching.calibrated { rows(labels.len(), &prepared, &background) } else { Vec::new() };
        let weights = Shares::CAREFUL.weights(&rows);
        let calibration = Calibration::fit(&rows, &weights);
        let mut exact: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
        for example in prepared.iter().filter(|example| !example.copy) {
            exact.entry(whole(&example.folded)).or_default().push(example.class);
        }
        let judged = Judged::new(&rows, &weights, &calibration);
        let answer_from = (0..)
            .zip(&labels)
            .map(|(class, label)| {
                let sensitive = teaching.sensitive.contains(&label.as_str());
                let Thresholds { ordinary, sensitive: careful } = teaching.thresholds;
                judged.answer_from(class, if sensitive { careful } else { ordinary })
            })
            .collect();
        let lexicon = teaching.lexicon.clone();
        Self { labels, lexicon, vocabulary, softmax, nearest, calibration, answer_from, exact }
    }
}

/// The parts that are trained again in every round.
struct Core {
    vocabulary: Vocabulary,
    softmax: Softmax,
    nearest: Nearest,
}

impl Core {
    fn train(classes: usize, taught: &[&Prepared]) -> Self {
        let vocabulary = Vocabulary::new(taught.iter().map(|example| example.features.as_slice()));
        let vectors: Vec<Vector> = taught.iter().map(|example| vocabulary.vector(&example.features)).collect();
        let examples: Vec<(u32, &Vector)> = taught.iter().map(|example| example.class).zip(&vectors).collect();
        let softmax = Softmax::train(classes, &examples, &vocabulary.found_in, Plan::of(examples.len()));
        let nearest = Nearest::new(vocabulary.keys.len(), &examples);
        Self { vocabulary, softmax, nearest }
    }

    fn row(&self, features: &[Feature], kind: impl FnOnce(u32) -> Kind) -> Option<Row> {
        let vector = self.vocabulary.vector(features);
        let guess = (!vector.is_empty()).then(|| Guess::new(&self.softmax, &self.nearest, &vector))?;
        let class = guess.best[0].0;
        Some(Row { signs: guess.signs, kind: kind(class), class })
    }
}

/// The rows of all rounds, one after the other: two at a time need twice the memory, and the other core has people to answer.
fn rows(classes: usize, prepared: &[Prepared], background: &[Vec<Feature>]) -> Vec<Row> {
    let round = |round: u32| {
        let dropped = |class: u32| class % FOLDS == round;
        let taught: Vec<&Prepared> =
            prepared.iter().filter(|example| example.fold != Some(round) && !dropped(example.class)).collect();
        let core = Core::train(classes, &taught);
        let asked = prepared.iter().filter(|example| example.fold == Some(round) && !example.copy);
        let known = asked.filter_map(|example| {
            core.row(&example.features, |guessed| {
                if dropped(example.class) { Kind::Near } else { Kind::In { right: guessed == example.class } }
            })
        });
        let far = (0..).zip(background).filter(|(place, _)| place % FOLDS == round);
        let far = far.filter_map(|(_, features)| core.row(features, |_| Kind::Far));
        known.chain(far).collect::<Vec<Row>>()
    };
    (0..FOLDS).flat_map(round).collect()
}

/// Rows with the confidence they would have had.
struct Judged {
    /// Class, confidence, weight, right.
    rows: Vec<(u32, f64, f64, bool)>,
}

impl Judged {
    fn new(rows: &[Row], weights: &[f64], calibration: &Calibration) -> Self {
        let judged = rows.iter().zip(weights);
        let rows = judged
            .map(|(row, &weight)| (row.class, calibration.probability(&row.signs), weight, is_right(row)))
            .collect();
        Self { rows }
    }

    /// From which confidence this class may be said.
    fn answer_from(&self, class: u32, target: f64) -> f64 {
        let all = |least: f64, only: Option<u32>| -> Vec<(f64, f64, bool)> {
            let rows = self.rows.iter().filter(|row| row.1 >= least && only.is_none_or(|only| only == row.0));
            rows.map(|&(_, confidence, weight, right)| (confidence, weight, right)).collect()
        };
        let target = target + (1.0 - target) * IN_HAND;
        let Some(general) = threshold(&mut all(0.0, None), target) else { return NEVER };
        let mut own = all(general, Some(class));
        if own.len() < ENOUGH {
            return general;
        }
        threshold(&mut own, target).unwrap_or(NEVER).max(general)
    }
}
