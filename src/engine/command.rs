//! Words that are commands when they are a whole message: what each does outside of a flow.
use super::draft::Draft;
use super::menu::Item;
use super::turn::Turn;
use super::{Effect, World};
use super::{answer, data, language, menu, officer, proof, rating, status, watch};
use crate::locale::Command;
use crate::model::LocaleTag;

/// The command that the whole message is. A thumb alone is a word, too, and no list has to name its skin tones.
pub(super) fn read(world: &World<'_>, written: &str) -> Option<Command> {
    let thumb = || rating::thumb(written).map(|good| if good { Command::Good } else { Command::Bad });
    world.catalog.command(written).or_else(thumb)
}

/// Does what a command says.
pub(super) fn run(turn: &mut Turn<'_>, command: Command) {
    turn.state.misses = 0;
    match command {
        Command::Officer | Command::NoneOfThese => officer::hand_over(turn, None),
        Command::Menu | Command::Back | Command::Cancel | Command::Skip | Command::Done => menu::show(turn),
        Command::Help => menu::help(turn),
        Command::Stop => stop(turn),
        Command::Start => start(turn),
        Command::StopReminders => stop_reminders(turn),
        Command::Yes => turn.say(menu::choices(Draft::of("yes-to-what"))),
        Command::No => turn.say(Draft::of("no-reply")),
        Command::Language => language::ask(turn),
        Command::Arabic => language::choose(turn, &LocaleTag::ARABIC),
        Command::English => language::choose(turn, &LocaleTag::ENGLISH),
        Command::Route => menu::go(turn, Item::Route),
        Command::Embassy => menu::go(turn, Item::Embassy),
        Command::Prepare => menu::go(turn, Item::Prepare),
        Command::Complaint => menu::go(turn, Item::Complaint),
        Command::Suggestion => menu::go(turn, Item::Suggestion),
        Command::Volunteer => menu::go(turn, Item::Volunteer),
        Command::Callback => menu::go(turn, Item::CallBack),
        Command::MyData => menu::go(turn, Item::Data),
        Command::EraseMyData => data::ask_erase(turn),
        Command::DataRequest => menu::go(turn, Item::DataRequest),
        Command::MyRequest => menu::go(turn, Item::Status),
        Command::SendPaper => menu::go(turn, Item::Papers),
        Command::Unlink => status::unlink(turn),
        Command::Watch => watch::begin(turn, None),
        Command::StopWatch => watch::stop(turn),
        Command::WhichCode => proof::which_code(turn, None),
        Command::Privacy => menu::go(turn, Item::Privacy),
        Command::Rate => rating::ask(turn),
        Command::Good => rating::last(turn, true),
        Command::Bad => rating::last(turn, false),
        Command::Thanks => turn.say(Draft::of("thanks-reply")),
        Command::Greeting => turn.say(menu::choices(Draft::of("greeting-reply"))),
        Command::Goodbye => turn.say(Draft::of("goodbye-reply")),
        Command::Ordinal(_) => answer::no_such_number(turn),
    }
}

/// No more messages that nobody asked for. Questions are answered as before.
pub(super) fn stop(turn: &mut Turn<'_>) {
    turn.state.stopped_at.get_or_insert(turn.world.now);
    turn.effect(Effect::OptOut { out: true });
    turn.say(Draft::of("stopped"));
}

/// No reminders any more; news comes all the same.
fn stop_reminders(turn: &mut Turn<'_>) {
    turn.state.reminders_off_at.get_or_insert(turn.world.now);
    turn.effect(Effect::Reminders { wanted: false });
    turn.say(Draft::of("reminders-stopped"));
}

/// Such messages again; for somebody who never stopped them, the menu.
pub(super) fn start(turn: &mut Turn<'_>) {
    if !restart(turn) {
        return menu::show(turn);
    }
    turn.say(menu::choices(Draft::of("started")));
}

/// The same while an officer speaks: no menu.
pub(super) fn start_quietly(turn: &mut Turn<'_>) {
    restart(turn);
    turn.say(Draft::of("started"));
}

/// Wants all messages again. False where none were unwanted.
fn restart(turn: &mut Turn<'_>) -> bool {
    let stopped = turn.state.stopped_at.take().is_some();
    let reminders = turn.state.reminders_off_at.take().is_some();
    if stopped {
        turn.effect(Effect::OptOut { out: false });
    }
    if reminders {
        turn.effect(Effect::Reminders { wanted: true });
    }
    stopped || reminders
}
