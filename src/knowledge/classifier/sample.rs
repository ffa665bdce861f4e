//! What a classifier is taught with: examples in a fixed order, each with its romanised copy.
use super::features::{Feature, features};
use super::lexicon::Lexicon;
use crate::text;

/// One example of what an answer is asked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sample<'a> {
    /// The answer.
    pub label: &'a str,
    /// The example.
    pub text: &'a str,
    /// It is a title of the answer: taught, never tested by.
    pub title: bool,
}

/// An example made ready.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) class: u32,
    pub(super) folded: String,
    pub(super) features: Vec<Feature>,
    /// The round of calibration in which it is kept from the classifier. None: a title.
    pub(super) fold: Option<u32>,
    /// A romanised copy of the example before it.
    pub(super) copy: bool,
}

/// A text as the classifier looks at it.
pub(super) fn fold(text: &str, lexicon: &Lexicon) -> String {
    lexicon.without_opening(&text::fold(text)).to_owned()
}

/// Rounds of calibration.
pub(super) const FOLDS: u32 = 5;

/// Sorts, folds and counts the samples: the order they came in does not matter. Gives the labels and the examples.
pub(super) fn prepare(samples: &[Sample<'_>], lexicon: &Lexicon, copies: bool) -> (Vec<String>, Vec<Prepared>) {
    let mut sorted: Vec<(&str, String, bool)> =
        samples.iter().map(|sample| (sample.label, fold(sample.text, lexicon), sample.title)).collect();
    sorted.retain(|(_, folded, _)| !folded.is_empty());
    sorted.sort_unstable();
    sorted.dedup_by(|one, other| one.0 == other.0 && one.1 == other.1);
    let mut labels: Vec<String> = sorted.iter().map(|&(label, ..)| label.to_owned()).collect();
    labels.dedup();
    let mut prepared = Vec::with_capacity(sorted.len() * 2);
    let (mut class, mut place) = (0_u32, 0_u32);
    for (label, folded, title) in sorted {
        if labels[class as usize] != label {
            class += 1;
            // Answers begin with different rounds, so that rounds are of one size.
            place = class;
        }
        let fold = (!title).then_some(place % FOLDS);
        place += u32::from(!title);
        let copy = (copies && text::has_arabic(&folded)).then(|| text::romanise(&folded));
        let of = |folded: String, copy| Prepared { class, features: features(&folded, lexicon), folded, fold, copy };
        prepared.push(of(folded, false));
        prepared.extend(copy.map(|latin| of(text::fold(&latin), true)));
    }
    (labels, prepared)
}
