//! Words as characters: one normaliser for all that is compared, cutting to a channel's limits, direction marks, language, masking.
mod bidi;
mod duration;
mod fold;
mod language;
mod mask;
mod phrase;
mod reference;
mod romanise;
mod sentence;
mod skeleton;
mod split;
mod stem;

pub use bidi::{clean, strip_isolates};
pub use duration::durations;
pub use fold::{fold, words};
pub use language::{Guess, guess, has_english};
pub use mask::{ascii_digits, digit, mask};
pub use phrase::{Found, Phrases};
pub use reference::{reference_key, references};
pub use romanise::{has_arabic, romanise};
pub use sentence::ends_sentence;
pub use skeleton::skeleton;
pub use split::{Unit, ellipsize, split, split_after};
pub use stem::stem;
