//! How sure the classifier may be: a logistic regression over what it saw of questions kept from it (nlu.md §A.6).
use serde::{Deserialize, Serialize};

/// What is known of a guess, for calibration.
pub(super) const SIGNS: usize = 6;
/// The signs of one guess.
pub(super) type Signs = [f64; SIGNS];

/// What a question of the calibration was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Its answer was known to the classifier.
    In {
        /// And the guess was right.
        right: bool,
    },
    /// Its answer had been taken away: a sibling question nobody approved an answer for.
    Near,
    /// It is no question for us.
    Far,
}

/// One question of the calibration.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) signs: Signs,
    pub(super) kind: Kind,
    /// The class guessed.
    pub(super) class: u32,
}

/// How often each kind is expected among real messages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shares {
    pub(super) known: f64,
    pub(super) near: f64,
    pub(super) far: f64,
}

impl Shares {
    /// Careful ones, until officers have labelled real messages.
    pub(super) const CAREFUL: Self = Self { known: 0.6, near: 0.2, far: 0.2 };

    /// What each row counts, so that the kinds have their shares.
    pub(super) fn weights(self, rows: &[Row]) -> Vec<f64> {
        let mut counts = [0_u32; 3];
        for row in rows {
            counts[place(row.kind)] += 1;
        }
        let shares = [self.known, self.near, self.far];
        rows.iter()
            .map(|row| {
                let kind = place(row.kind);
                shares[kind] * count(rows.len()) / f64::from(counts[kind])
            })
            .collect()
    }
}

const fn place(kind: Kind) -> usize {
    match kind {
        Kind::In { .. } => 0,
        Kind::Near => 1,
        Kind::Far => 2,
    }
}

/// From signs to the probability that answering is right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Calibration {
    pub(super) mean: Signs,
    pub(super) spread: Signs,
    /// One weight a sign, then the constant.
    pub(super) weights: [f64; SIGNS + 1],
}

impl Default for Calibration {
    /// Nothing was measured: never sure.
    fn default() -> Self {
        let mut weights = [0.0; SIGNS + 1];
        weights[SIGNS] = -9.0;
        Self { mean: [0.0; SIGNS], spread: [1.0; SIGNS], weights }
    }
}

impl Calibration {
    /// Fits rows by Newton's method, each counted by its weight, with a pull of strength one towards zero.
    pub(super) fn fit(rows: &[Row], weights: &[f64]) -> Self {
        if !rows.iter().any(is_right) || rows.iter().all(is_right) {
            return Self::default();
        }
        let mut fitted = Self { weights: [0.0; SIGNS + 1], ..Self::default() };
        let total: f64 = weights.iter().sum();
        for sign in 0..SIGNS {
            let sum = |of: &dyn Fn(f64) -> f64| -> f64 {
                rows.iter().zip(weights).map(|(row, weight)| weight * of(row.signs[sign])).sum::<f64>() / total
            };
            let mean = sum(&|value| value);
            fitted.mean[sign] = mean;
            fitted.spread[sign] = sum(&|value| (value - mean).powi(2)).sqrt().max(1e-9);
        }
        for _ in 0..30 {
            if fitted.newton(rows, weights) < 1e-9 {
                break;
            }
        }
        fitted
    }

    /// One step; how far it went.
    fn newton(&mut self, rows: &[Row], weights: &[f64]) -> f64 {
        const N: usize = SIGNS + 1;
        let (mut slope, mut bend) = ([0.0; N], [[0.0; N]; N]);
        for (row, weight) in rows.iter().zip(weights) {
            let x = self.standard(&row.signs);
            let p = self.probability(&row.signs);
            let wrong = p - f64::from(u8::from(is_right(row)));
            for i in 0..N {
                slope[i] += weight * wrong * x[i];
                for j in 0..N {
                    bend[i][j] += weight * p * (1.0 - p) * x[i] * x[j];
                }
            }
        }
        for sign in 0..SIGNS {
            slope[sign] += self.weights[sign];
            bend[sign][sign] += 1.0;
        }
        bend[SIGNS][SIGNS] += 1e-9;
        let step = solve(bend, slope);
        for (weight, step) in self.weights.iter_mut().zip(step) {
            *weight -= step;
        }
        step.iter().map(|step| step.abs()).fold(0.0, f64::max)
    }

    fn standard(&self, signs: &Signs) -> [f64; SIGNS + 1] {
        let mut x = [1.0; SIGNS + 1];
        for sign in 0..SIGNS {
            x[sign] = (signs[sign] - self.mean[sign]) / self.spread[sign];
        }
        x
    }

    /// The probability that the guess with these signs is right.
    pub(super) fn probability(&self, signs: &Signs) -> f64 {
        let x = self.standard(signs);
        let sum: f64 = x.iter().zip(&self.weights).map(|(x, w)| x * w).sum();
        1.0 / (1.0 + (-sum).exp())
    }
}

pub(super) const fn is_right(row: &Row) -> bool {
    matches!(row.kind, Kind::In { right: true })
}

/// The lowest confidence from which at least `target` of what is answered is right. None where there is none.
/// `answers` are `(confidence, weight, right)`.
pub(super) fn threshold(answers: &mut [(f64, f64, bool)], target: f64) -> Option<f64> {
    answers.sort_by(|one, other| other.0.total_cmp(&one.0));
    let (mut right, mut all, mut found) = (0.0, 0.0, None);
    for place in 0..answers.len() {
        let (confidence, weight, is_right) = answers[place];
        all += weight;
        if is_right {
            right += weight;
        }
        let last_of_its_kind = answers.get(place + 1).is_none_or(|next| next.0 < confidence);
        if last_of_its_kind && right / all >= target {
            found = Some(confidence);
        }
    }
    found
}

/// Solves `a·x = b` by elimination; `a` is positive definite.
fn solve<const N: usize>(mut a: [[f64; N]; N], mut b: [f64; N]) -> [f64; N] {
    for pivot in 0..N {
        for row in pivot + 1..N {
            let (above, below) = a.split_at_mut(row);
            let factor = below[0][pivot] / above[pivot][pivot];
            for (one, other) in below[0].iter_mut().zip(&above[pivot]).skip(pivot) {
                *one -= factor * other;
            }
            b[row] -= factor * b[pivot];
        }
    }
    for row in (0..N).rev() {
        for column in row + 1..N {
            b[row] -= a[row][column] * b[column];
        }
        b[row] /= a[row][row];
    }
    b
}

#[expect(clippy::cast_precision_loss, reason = "counts of messages are far below 2^52")]
pub(super) const fn count(of: usize) -> f64 {
    of as f64
}
