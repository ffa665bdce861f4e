//! `**bold**` in a formatted phrase becomes weight; asterisks that came in with a variable stay asterisks.
use crate::model::Rich;

/// Stands for `*` in variables while a phrase is formatted. A private-use character: it means nothing in a message.
const STAR: char = '\u{E02A}';

/// A variable's words, safe to put into a phrase.
pub(super) fn shield(text: &str) -> String {
    text.replace('*', "\u{E02A}")
}

/// The formatted phrase as rich text. A pair that is not closed stays as it was written.
pub(super) fn parse(formatted: &str) -> Rich {
    let mut rich = Rich::default();
    let mut rest = formatted;
    while let Some((before, after)) = rest.split_once("**") {
        let Some((bold, after)) = after.split_once("**") else { break };
        rich.push(&unshield(before), false);
        rich.push(&unshield(bold), true);
        rest = after;
    }
    rich.push(&unshield(rest), false);
    rich
}

fn unshield(text: &str) -> String {
    text.replace(STAR, "*")
}
