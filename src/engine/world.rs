//! What a step may look at: what is approved, the words of the languages, the settings, the time. All handed in.
use crate::knowledge::Library;
use crate::locale::Catalog;
use crate::model::Timestamp;
use std::time::Duration;

/// The world of one step.
#[derive(Debug, Clone, Copy)]
pub struct World<'a> {
    /// The time of the step.
    pub now: Timestamp,
    /// Approved articles, missions, urgent word lists.
    pub library: &'a Library,
    /// Languages: their names, command words.
    pub catalog: &'a Catalog,
    /// Settings of the engine.
    pub settings: &'a EngineSettings,
    /// Whether the channel has a button by which a person shares their own number.
    pub shares_number: bool,
    /// Which attempt at this turn it is; makes another ticket reference where the first was taken.
    pub salt: u32,
}

/// Settings of the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineSettings {
    /// After this long without a word of the officer who took a conversation, the bot says so and answers on (design.md §5.7).
    pub officer_silence: Duration,
    /// When officers read, as the association words it. None: "a person will read this; we cannot say when".
    pub office_hours: Option<String>,
    /// Whether the bot tells what was decided on a request. False: it says that there is a decision, and an officer tells it.
    pub bot_tells_decision: bool,
    /// For how many days somebody who asked to be told of a number is remembered.
    pub watch_days: u32,
    /// The version of the privacy and consent texts, kept with each consent.
    pub consent_version: String,
}
