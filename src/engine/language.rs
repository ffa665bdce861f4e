//! The language of the answers: what the person chose, else what they write, else what their application says.
use super::Effect;
use super::draft::Draft;
use super::menu;
use super::turn::Turn;
use crate::model::{Label, LocaleTag};
use crate::text;

/// Fewer words than these are a name or a borrowed word ("United States", "ok thanks") and do not change the language.
const SENTENCE: usize = 3;

/// Takes the language from a message, unless the person chose one. Latin letters alone do not end an Arabic conversation:
/// much Arabic is written in them.
pub(super) fn settle(turn: &mut Turn<'_>, written: Option<&str>, hint: Option<&LocaleTag>) {
    let catalog = turn.world.catalog;
    let locale = match &turn.state.locale {
        Some(_) if turn.state.locale_chosen => return,
        Some(locale) => written
            .filter(|written| is_sentence(written))
            .filter(|written| *locale != LocaleTag::ARABIC || text::has_english(written))
            .and_then(|written| catalog.detect(written)),
        None => written
            .and_then(|written| catalog.detect(written))
            .or_else(|| hint.and_then(|hint| catalog.negotiate(hint)))
            .or(Some(LocaleTag::ARABIC)),
    };
    if let Some(locale) = locale.filter(|locale| turn.state.locale.as_ref() != Some(locale)) {
        turn.effect(Effect::SetLocale { locale: locale.clone() });
        turn.state.locale = Some(locale);
    }
}

/// Asks which language.
pub(super) fn ask(turn: &mut Turn<'_>) {
    let catalog = turn.world.catalog;
    let draft = catalog.locales().iter().fold(Draft::of("language-ask"), |draft, tag| {
        draft.labelled(&format!("lang:{tag}"), Label::Text(catalog.own_name(tag).to_owned()))
    });
    turn.say(draft.menu());
}

/// The person chose a language.
pub(super) fn choose(turn: &mut Turn<'_>, wish: &LocaleTag) {
    let Some(locale) = turn.world.catalog.negotiate(wish) else { return ask(turn) };
    turn.state.locale = Some(locale.clone());
    turn.state.locale_chosen = true;
    turn.effect(Effect::SetLocale { locale });
    turn.say(menu::choices(Draft::of("language-set").then("menu-prompt")));
}

fn is_sentence(written: &str) -> bool {
    text::words(&text::fold(written)).nth(SENTENCE - 1).is_some()
}
