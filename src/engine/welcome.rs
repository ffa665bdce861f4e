//! The first contact: that this is an automatic assistant, that a person can be asked for, what is kept.
use super::draft::Draft;
use super::turn::Turn;
use super::{Effect, menu};
use crate::locale::Command;

/// The chat was opened, or a message has no words: the welcome, or the menu where it was said before.
pub(super) fn opened(turn: &mut Turn<'_>) {
    if turn.state.welcomed_at.is_some() {
        return menu::show(turn);
    }
    inform(turn);
    turn.say(menu::choices(Draft::of("welcome").then("privacy-line").then("menu-prompt")));
}

/// Welcomes somebody whose first message needs no other answer than the welcome. False: there is more to answer.
pub(super) fn with_menu(turn: &mut Turn<'_>, command: Option<Command>) -> bool {
    if turn.state.welcomed_at.is_some() {
        return false;
    }
    match command {
        Some(Command::Greeting | Command::Menu | Command::Help | Command::Start) => {
            opened(turn);
            true
        }
        // Who only wants to be left alone is not greeted first.
        Some(Command::Stop) => false,
        _ => {
            shortly(turn);
            false
        }
    }
}

/// The welcome in two lines, for a first message that has its own answer. Nothing where it was said before.
pub(super) fn shortly(turn: &mut Turn<'_>) {
    if turn.state.welcomed_at.is_none() {
        inform(turn);
        turn.say_before(Draft::of("welcome-short").then("privacy-line"));
    }
}

/// Keeps first of all that the person was told what is kept.
fn inform(turn: &mut Turn<'_>) {
    turn.state.welcomed_at = Some(turn.now());
    let text_version = turn.world.settings.consent_version.clone();
    turn.effect_first(Effect::Consent { kind: "informed".to_owned(), text_version });
}
