//! What a channel can carry.
use crate::text::Unit;
use std::time::Duration;

/// The limits of a transport; `app::render` fits every message to them.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each says whether a platform can do a thing of its own")]
pub struct Limits {
    /// Longest text of one part, in `unit`s. Never zero.
    pub text: usize,
    /// What `text` counts.
    pub unit: Unit,
    /// Most parts of one message before the rest is left out with a word that it was.
    pub parts: usize,
    /// Most buttons of one part. Zero: choices become a numbered list in the text.
    pub choices: usize,
    /// Longest words on a button, in characters; longer ones are cut with an ellipsis.
    pub choice_label: usize,
    /// Longest text that goes with a picture, in `unit`s. None: it carries no pictures, or shows them to nobody.
    pub caption: Option<usize>,
    /// Whether bold is shown; else weight is dropped.
    pub bold: bool,
    /// Whether invisible isolate marks (U+2066–2069) are kept; dropped where they show as boxes or cost units.
    pub isolates: bool,
    /// How long after the person's last message we may still write. None: always.
    pub window: Option<Duration>,
    /// Whether the platform says that a message has arrived. Where it does not, one that was taken counts as told.
    pub tells_arrival: bool,
    /// Whether it has a button by which a person shares the number of their own account.
    pub shares_number: bool,
    /// How many calls may be under way at once.
    pub in_flight: usize,
}
