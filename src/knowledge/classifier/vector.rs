//! Texts as weighted features: rarity over all examples, each view brought to length one.
use super::features::{Feature, VIEWS, WEIGHTS};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Examples from which a feature that only one of them has is left out: two thirds of all features, and a third of a point.
const MANY: u32 = 2_500;

/// One text: the number of each known feature and its weight, sorted by number.
pub(super) type Vector = Vec<(u32, f32)>;

/// The features that the examples have, and how much each tells.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Parts")]
pub(super) struct Vocabulary {
    /// Keys in ascending order; the place is the feature's number.
    pub(super) keys: Vec<u64>,
    /// The weight of each by rarity.
    pub(super) rarity: Vec<f32>,
    /// In how many examples each stands; needed while training alone.
    #[serde(skip)]
    pub(super) found_in: Vec<u32>,
    /// What a feature weighs that no example has.
    pub(super) unseen: f32,
    #[serde(skip)]
    numbers: HashMap<u64, u32, BuildHasherDefault<AsItIs>>,
}

/// What of a vocabulary is kept; the table of numbers is made again.
#[derive(Deserialize)]
struct Parts {
    keys: Vec<u64>,
    rarity: Vec<f32>,
    unseen: f32,
}

impl From<Parts> for Vocabulary {
    fn from(Parts { keys, rarity, unseen }: Parts) -> Self {
        Self::of(keys, rarity, Vec::new(), unseen)
    }
}

impl Vocabulary {
    /// The vocabulary of the examples whose features these are.
    pub(super) fn new<'a>(examples: impl Iterator<Item = &'a [Feature]>) -> Self {
        let mut total = 0_u32;
        let mut found: HashMap<u64, u32, BuildHasherDefault<AsItIs>> = HashMap::default();
        for example in examples {
            total += 1;
            for feature in example {
                *found.entry(feature.key).or_default() += 1;
            }
        }
        let least = if total > MANY { 2 } else { 1 };
        let mut found: Vec<(u64, u32)> = found.into_iter().filter(|&(_, count)| count >= least).collect();
        found.sort_unstable();
        let rarity = |count: u32| ((1.0 + f64::from(total)) / (1.0 + f64::from(count))).ln() + 1.0;
        let (keys, found_in): (Vec<u64>, Vec<u32>) = found.into_iter().unzip();
        #[expect(clippy::cast_possible_truncation, reason = "a weight between 1 and 20")]
        let weights = found_in.iter().map(|&count| rarity(count) as f32).collect();
        #[expect(clippy::cast_possible_truncation, reason = "a weight between 1 and 20")]
        Self::of(keys, weights, found_in, rarity(0) as f32)
    }

    /// With its table of numbers.
    fn of(keys: Vec<u64>, rarity: Vec<f32>, found_in: Vec<u32>, unseen: f32) -> Self {
        let numbers = (0..).zip(&keys).map(|(number, &key)| (key, number)).collect();
        Self { keys, rarity, found_in, unseen, numbers }
    }

    /// `features` as a vector. What no example has counts towards the length at the highest rarity: text that is
    /// foreign to the examples shrinks towards nothing.
    pub(super) fn vector(&self, features: &[Feature]) -> Vector {
        let mut squares = [0.0_f32; VIEWS];
        let mut vector: Vector = Vec::with_capacity(features.len());
        let mut views: Vec<u8> = Vec::with_capacity(features.len());
        for feature in features {
            #[expect(clippy::cast_precision_loss, reason = "a word stands fewer than 2^24 times in a message")]
            let often = if feature.times == 1 { 1.0 } else { 1.0 + (feature.times as f32).ln() };
            let number = self.numbers.get(&feature.key);
            let weight = often * number.map_or(self.unseen, |&number| self.rarity[number as usize]);
            squares[usize::from(feature.view)] += weight * weight;
            if let Some(&number) = number {
                vector.push((number, weight));
                views.push(feature.view);
            }
        }
        let mut scale = [0.0_f32; VIEWS];
        for ((scale, square), weight) in scale.iter_mut().zip(squares).zip(WEIGHTS) {
            *scale = if square > 0.0 { weight / square.sqrt() } else { 0.0 };
        }
        for ((_, weight), view) in vector.iter_mut().zip(views) {
            *weight *= scale[usize::from(view)];
        }
        vector
    }

    /// How much of a text's letters the examples have, 0 to 1, each weighed by its rarity.
    pub(super) fn known(&self, features: &[Feature]) -> f32 {
        let (mut all, mut known) = (0.0_f32, 0.0_f32);
        for feature in features.iter().filter(|feature| feature.view == 0) {
            let number = self.numbers.get(&feature.key);
            let weight = number.map_or(self.unseen, |&number| self.rarity[number as usize]);
            all += weight * weight;
            known += if number.is_some() { weight * weight } else { 0.0 };
        }
        if all > 0.0 { known / all } else { 0.0 }
    }
}

/// Keys are mixed already: they are their own hash.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("only 64-bit keys are hashed")
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}
