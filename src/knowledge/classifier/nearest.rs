//! The example nearest to a text: an inverted index over the same features.
use super::vector::Vector;
use serde::{Deserialize, Serialize};

/// A feature that one example in so many has is passed over…
const EVERYWHERE: usize = 50;
/// …where that is more than so many examples.
const FEW: u32 = 40;
/// How many are compared at once.
const LANES: usize = 8;
/// How many of a class's nearest examples are looked at.
const TOP: usize = 4;

/// For each feature the examples that have it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Nearest {
    /// The class of each example, in ascending order.
    pub(super) classes: Vec<u32>,
    /// Where each feature's entries begin; one more than there are features.
    pub(super) starts: Vec<u32>,
    /// The example and the weight the feature has in it.
    pub(super) entries: Vec<(u32, f32)>,
}

/// How near the nearest examples are: products of lengths and cosine, not yet divided by the greatest possible.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Likeness {
    /// Of the class asked for, the nearest first.
    pub(super) own: [f32; TOP],
    /// Of all the other classes, the nearest.
    pub(super) others: f32,
}

impl Nearest {
    pub(super) fn new(features: usize, examples: &[(u32, &Vector)]) -> Self {
        let mut starts = vec![0_u32; features + 1];
        for &(feature, _) in examples.iter().flat_map(|(_, vector)| vector.iter()) {
            starts[feature as usize + 1] += 1;
        }
        // What a twentieth of all examples have tells none of them apart, and is most of what there would be to walk over.
        let common = u32::try_from(examples.len() / EVERYWHERE).unwrap_or(u32::MAX).max(FEW);
        for feature in 0..features {
            if starts[feature + 1] > common {
                starts[feature + 1] = 0;
            }
            starts[feature + 1] += starts[feature];
        }
        let mut free = starts.clone();
        let mut entries = vec![(0, 0.0); starts[features] as usize];
        for (example, (_, vector)) in (0..).zip(examples) {
            for &(feature, weight) in *vector {
                let at = &mut free[feature as usize];
                if starts[feature as usize] == starts[feature as usize + 1] {
                    continue;
                }
                entries[*at as usize] = (example, weight);
                *at += 1;
            }
        }
        Self { classes: examples.iter().map(|&(class, _)| class).collect(), starts, entries }
    }

    /// How near the nearest examples of `class` are, and the nearest of any other.
    pub(super) fn likeness(&self, vector: &Vector, class: u32) -> Likeness {
        let mut common = vec![0.0_f32; self.classes.len()];
        for &(feature, weight) in vector {
            let from = self.starts[feature as usize] as usize;
            let to = self.starts[feature as usize + 1] as usize;
            for &(example, has) in &self.entries[from..to] {
                common[example as usize] += weight * has;
            }
        }
        // Examples stand in the order of their classes.
        let from = self.classes.partition_point(|&of| of < class);
        let to = self.classes.partition_point(|&of| of <= class);
        let mut likeness = Likeness { own: [0.0; TOP], others: greatest(&common[..from]).max(greatest(&common[to..])) };
        for &near in &common[from..to] {
            if near > likeness.own[TOP - 1] {
                likeness.own[TOP - 1] = near;
                likeness.own.sort_by(|one, other| other.total_cmp(one));
            }
        }
        likeness
    }
}

/// The greatest of them, at least nothing. In lanes, or each comparison waits for the one before it.
fn greatest(all: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; LANES];
    let groups = all.chunks_exact(LANES);
    let rest = groups.remainder().iter().copied();
    for group in groups {
        for (most, &near) in lanes.iter_mut().zip(group) {
            *most = if near > *most { near } else { *most };
        }
    }
    lanes.into_iter().chain(rest).fold(0.0, f32::max)
}
