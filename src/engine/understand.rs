//! What a person's words come to: an alarm, a choice, a flow's answer, a command, or a question, in this order.
use super::flow::{self, Said};
use super::turn::Turn;
use super::{answer, choice, command, menu, officer, proof, urgent, welcome};
use crate::knowledge::Tier;
use crate::locale::Command;
use crate::model::{Content, TicketReference};
use crate::text;

/// Words that a person wrote, while the bot answers.
pub(super) fn words(turn: &mut Turn<'_>, written: &str) {
    let written = cut(written, Content::MAX_TEXT);
    // "000003" is the third of nothing while a code is waited for.
    let command = if proof::waits_for(turn, written) { None } else { command::read(turn.world, written) };
    // What is learnt from examples may hear a cry in "tell me when it arrives"; the words of our own buttons are none.
    let ours = matches!(command, Some(Command::Watch | Command::StopWatch | Command::WhichCode));
    let alarm = if ours { None } else { turn.world.library.urgent(written) };
    if let Some(danger) = alarm.as_ref().filter(|alarm| alarm.tier == Tier::Danger) {
        urgent::danger(turn, danger, written);
        return welcome::shortly(turn);
    }
    if command.is_none() && text::fold(written).is_empty() {
        return welcome::opened(turn);
    }
    if welcome::with_menu(turn, command) {
        return;
    }
    let masked = text::mask(written);
    if masked != written {
        menu::no_identity_numbers(turn);
        if !text::fold(written).contains(char::is_alphabetic) {
            return;
        }
    }
    if let Some(id) = choice::meant(turn, written, command) {
        return choice::choose(turn, &id);
    }
    if let Some(person) = alarm.as_ref().filter(|_| !flow::takes_words(turn))
        && urgent::person(turn, person, &masked)
    {
        return;
    }
    if flow::step(turn, &Said { text: &masked, command, alarm: alarm.as_ref() }) {
        return;
    }
    match command {
        Some(command) => {
            if command == Command::MyRequest {
                answer::keep_words(turn, &masked);
            }
            command::run(turn, command);
        }
        None => match TicketReference::parse(text::ascii_digits(&masked).trim()) {
            Some(reference) => officer::follow_up(turn, &reference),
            None => match proof::alone(&masked) {
                Some(keys) => proof::seek(turn, keys),
                None => answer::question(turn, &masked),
            },
        },
    }
}

/// An earlier message that now reads differently: a new question, unless only its dots and spaces changed.
pub(super) fn edited(turn: &mut Turn<'_>, written: &str) {
    if !is_known(turn, written) {
        words(turn, written);
    }
}

/// Whether these words were the last question already.
pub(super) fn is_known(turn: &Turn<'_>, written: &str) -> bool {
    let fold = |words: &str| text::fold(&text::mask(words));
    turn.state.last_words.as_deref().is_some_and(|last| fold(last) == fold(cut(written, answer::LONGEST_KEPT)))
}

/// `text`, no longer than `most` characters.
pub(super) fn cut(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(end, _)| &text[..end])
}
