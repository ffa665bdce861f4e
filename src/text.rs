//! Words as characters: one normaliser for all that is compared, cutting to a channel's limits, direction marks, language, masking.
mod fold;
mod language;

pub use fold::{fold, words};
pub use language::{Guess, guess};
