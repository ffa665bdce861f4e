//! Which stage may follow which: a setting, because only the association knows its own procedure.
use crate::model::Stage;

/// Allowed steps, from a stage (none: a request that is new) to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moves(Vec<(Option<Stage>, Stage)>);

impl Moves {
    /// How a request that is not there yet is named.
    pub const NEW: &'static str = "new";

    /// Reads lines like `received>studying,returned; studying>decided`. None where a word is no stage.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut moves = Vec::new();
        for line in text.split(';').map(str::trim).filter(|line| !line.is_empty()) {
            let (from, to) = line.split_once('>')?;
            let from = match from.trim() {
                Self::NEW => None,
                word => Some(Stage::parse(word)?),
            };
            for word in to.split(',') {
                moves.push((from, Stage::parse(word.trim())?));
            }
        }
        (!moves.is_empty()).then_some(Self(moves))
    }

    pub(super) fn allow(&self, from: Option<Stage>, to: Stage) -> bool {
        self.0.contains(&(from, to))
    }

    /// The stages that may follow.
    pub(super) fn allowed(&self, from: Option<Stage>) -> Vec<Stage> {
        self.0.iter().filter(|step| step.0 == from).map(|step| step.1).collect()
    }
}
