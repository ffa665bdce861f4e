//! Multinomial logistic regression over sparse vectors, trained by `AdaGrad` (nlu.md §A.5). The same input gives the same bytes.
use super::vector::Vector;
use serde::{Deserialize, Serialize};

/// Classes are padded to whole groups of this many, so that a row is added in whole registers.
const LANES: usize = 8;
/// Probabilities below this teach nothing that is worth the time.
const NEGLIGIBLE: f32 = 1e-3;
const STEP: f32 = 0.15;
const START: f32 = 0.01;

/// How it is trained.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    /// Rounds over all examples.
    pub(super) epochs: u32,
    /// The inverse strength of the pull towards zero.
    pub(super) c: f32,
}

impl Plan {
    /// The plan for this many examples: few need a stronger pull. Twenty rounds give what ten do (0.1 points, twice the time).
    pub(super) const fn of(examples: usize) -> Self {
        Self { epochs: 10, c: if examples > 5_000 { 300.0 } else { 60.0 } }
    }
}

/// The weights of each feature for each class, one row a feature. A weight is kept in one byte, as its share of the
/// greatest of its row: a quarter of the memory, and no answer changes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Softmax {
    pub(super) classes: usize,
    pub(super) stride: usize,
    pub(super) weights: Vec<i8>,
    /// What one step of each row's weights is worth.
    pub(super) scales: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

impl Softmax {
    /// The raw scores of all classes.
    pub(super) fn scores(&self, vector: &Vector) -> Vec<f32> {
        let mut scores = self.bias.clone();
        for &(feature, weight) in vector {
            let row = &self.weights[feature as usize * self.stride..][..self.stride];
            let weight = weight * self.scales[feature as usize];
            for (score, &w) in scores.iter_mut().zip(row) {
                *score += weight * f32::from(w);
            }
        }
        scores.truncate(self.classes);
        scores
    }

    /// Trains on `(class, vector)`; `found_in` says in how many examples each feature stands.
    pub(super) fn train(classes: usize, examples: &[(u32, &Vector)], found_in: &[u32], plan: Plan) -> Self {
        let Training { stride, weights, bias, .. } = Training::run(classes, examples, found_in, plan);
        let mut frozen = Self { classes, stride, weights: Vec::with_capacity(weights.len()), scales: Vec::new(), bias };
        for row in weights.chunks_exact(stride.max(1)) {
            let most = row.iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
            let scale = most / f32::from(i8::MAX);
            frozen.scales.push(scale);
            #[expect(
                clippy::cast_possible_truncation,
                reason = "between -127 and 127 by the scale, or not a number: 0"
            )]
            frozen.weights.extend(row.iter().map(|weight| (weight / scale).round() as i8));
        }
        frozen
    }
}

/// The model in the making.
struct Training {
    classes: usize,
    stride: usize,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Training {
    fn scores(&self, vector: &Vector, scores: &mut Vec<f32>) {
        scores.clear();
        scores.extend_from_slice(&self.bias);
        for &(feature, weight) in vector {
            let row = &self.weights[feature as usize * self.stride..][..self.stride];
            for (score, &w) in scores.iter_mut().zip(row) {
                *score += weight * w;
            }
        }
    }

    fn run(classes: usize, examples: &[(u32, &Vector)], found_in: &[u32], plan: Plan) -> Self {
        let stride = classes.next_multiple_of(LANES);
        let mut model = Self { classes, stride, weights: vec![0.0; found_in.len() * stride], bias: vec![0.0; stride] };
        let mut squares = vec![shortened(START, 0); model.weights.len()];
        let mut bias_squares = vec![START; stride];
        #[expect(clippy::cast_precision_loss, reason = "counts of examples are far below 2^24")]
        let pull: Vec<f32> = found_in.iter().map(|&count| 1.0 / (plan.c * (count.max(1) as f32))).collect();
        let mut order: Vec<u32> = (0..).take(examples.len()).collect();
        let mut random = Random(0x2545_f491_4f6c_dd1d);
        let mut scores = Vec::with_capacity(stride);
        for epoch in 0..plan.epochs {
            #[expect(clippy::cast_precision_loss, reason = "tens of epochs")]
            let step = STEP * (1.0 - 0.9 * epoch as f32 / plan.epochs as f32);
            random.shuffle(&mut order);
            for &place in &order {
                let (class, vector) = examples[place as usize];
                model.scores(vector, &mut scores);
                let chance = random.bits();
                model.learn(class, vector, &mut scores, step, &pull, (&mut squares, chance), &mut bias_squares);
            }
        }
        model
    }

    /// One step down the slope of one example.
    #[expect(clippy::too_many_arguments, reason = "the state of one training, used here alone")]
    fn learn(
        &mut self,
        class: u32,
        vector: &Vector,
        scores: &mut [f32],
        step: f32,
        pull: &[f32],
        (squares, chance): (&mut [u16], u32),
        bias_squares: &mut [f32],
    ) {
        probabilities(&mut scores[..self.classes]);
        scores[self.classes..].fill(0.0);
        scores[class as usize] -= 1.0;
        for ((bias, square), &slope) in self.bias.iter_mut().zip(bias_squares).zip(scores.iter()) {
            *square += slope * slope;
            *bias -= 0.1 * step * slope / square.sqrt();
        }
        // Groups of classes in which nothing moves are passed over: most, after the first rounds.
        let moved: Vec<usize> = scores
            .chunks_exact(LANES)
            .enumerate()
            .filter(|(_, lanes)| lanes.iter().any(|slope| slope.abs() > NEGLIGIBLE))
            .map(|(group, _)| group * LANES)
            .collect();
        for &(feature, weight) in vector {
            let row = feature as usize * self.stride;
            let pull = pull[feature as usize];
            for &group in &moved {
                let at = row + group;
                let weights = &mut self.weights[at..at + LANES];
                let squares = &mut squares[at..at + LANES];
                for ((w, square), &slope) in weights.iter_mut().zip(squares).zip(&scores[group..group + LANES]) {
                    let slope = weight * slope + pull * *w;
                    let sum = lengthened(*square) + slope * slope;
                    *square = shortened(sum, chance);
                    *w -= step * slope / sum.sqrt();
                }
            }
        }
    }
}

/// Bits of a number that are not kept of a sum of squares: its sign, which is never set, and half of what is behind the point.
const CUT: u32 = 15;

/// A sum of squares in two bytes, a quarter of what training holds less. Rounded up as often as `chance` falls below what is
/// cut off: many small steps count in the end as much as they should.
const fn shortened(sum: f32, chance: u32) -> u16 {
    #[expect(clippy::cast_possible_truncation, reason = "the sign is never set: sixteen bits are left")]
    let kept = ((sum.to_bits() + chance) >> CUT) as u16;
    kept
}

const fn lengthened(kept: u16) -> f32 {
    f32::from_bits((kept as u32) << CUT)
}

/// Scores to probabilities, in place.
pub(super) fn probabilities(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut total = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - most).exp();
        total += *score;
    }
    for score in scores.iter_mut() {
        *score /= total;
    }
}

/// A small generator with a fixed beginning: shuffles must be the same every time (xorshift64*).
#[derive(Debug)]
pub(super) struct Random(pub(super) u64);

impl Random {
    /// The next number below `bound`.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(drawn).unwrap_or(0) % bound.max(1)
    }

    /// As many bits as [`shortened`] cuts off.
    fn bits(&mut self) -> u32 {
        u32::try_from(self.below(1 << CUT)).unwrap_or(0)
    }

    fn shuffle(&mut self, order: &mut [u32]) {
        for last in (1..order.len()).rev() {
            order.swap(last, self.below(last + 1));
        }
    }
}
