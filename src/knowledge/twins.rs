//! Nearly the same question under two articles: whoever asks it gets the one or the other by chance.
use super::classifier::Sample;
use crate::text;
use std::collections::BTreeSet;

/// The share of stems in common from which two questions are nearly the same.
const ALIKE: f64 = 0.7;
/// Shorter questions are alike too easily.
const LEAST: usize = 2;

/// Pairs of examples of two articles that are nearly the same, the likest first.
#[must_use]
pub fn twins<'a>(samples: &[Sample<'a>]) -> Vec<(Sample<'a>, Sample<'a>, f64)> {
    let stems: Vec<BTreeSet<String>> = samples
        .iter()
        .map(|sample| text::words(&text::fold(sample.text)).map(|word| text::stem(word).to_owned()).collect())
        .collect();
    let mut found = Vec::new();
    for (place, (one, own)) in samples.iter().zip(&stems).enumerate() {
        for (other, theirs) in samples.iter().zip(&stems).skip(place + 1) {
            // A quick no first: sets of very different size share little.
            let (few, many) = (own.len().min(theirs.len()), own.len().max(theirs.len()));
            if one.label == other.label || few < LEAST || 10 * few < 7 * many {
                continue;
            }
            let common = own.intersection(theirs).count();
            let alike = super::evaluate::share(common, own.len() + theirs.len() - common);
            if alike >= ALIKE {
                found.push((*one, *other, alike));
            }
        }
    }
    found.sort_by(|one, other| other.2.total_cmp(&one.2));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_in_another_order_are_twins() {
        let sample = |label, text| Sample { label, text, title: false };
        let samples = [
            sample("a", "متى يصل الرد على الطلب"),
            sample("b", "الرد على طلب متى يصل"),
            sample("b", "كم مبلغ المساعدة"),
            sample("a", "متى يصل الرد على الطلب اليوم"),
        ];
        let found = twins(&samples);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].0.label, found[0].1.label), ("a", "b"));
    }
}
