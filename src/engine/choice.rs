//! Choices: their ids, what each does, and which one somebody means who writes "2", "yes" or the words on a button.
use super::flow::Flow;
use super::menu::Item;
use super::turn::Turn;
use super::{answer, data, embassy, language, menu, officer, prepare, proof, rating, route, ticket, watch};
use crate::locale::Command;
use crate::model::{Choice, Label, LocaleTag, MessageId, TicketKind};
use crate::text;
use std::collections::BTreeMap;

/// Telegram's limit for `callback_data`, the narrowest of all channels.
pub(super) const MAX_ID: usize = 64;
/// Leaves a did-you-mean list for a person.
pub(super) const NONE_OF_THESE: &str = "none";

/// What a choice does. Ids say all of it, so that a button works as long as it stands in the chat.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Chosen {
    Menu,
    More,
    Item(Item),
    Language(LocaleTag),
    Rate { message: MessageId, good: bool },
    Service { message: MessageId, good: bool },
    Title(String),
    NoneOfThese,
    Route(u8),
    Prepare(u8),
    Country(String),
    Consent { kind: TicketKind, agreed: bool },
    TicketDone,
    TicketCancel,
    Erase(bool),
    Watch,
    ShareNumber,
}

/// What the choice `id` does. None for an id that this version does not know.
fn parse(id: &str) -> Option<Chosen> {
    let (head, rest) = id.split_once(':').unwrap_or((id, ""));
    let rating = || {
        let (score, message) = rest.split_once(':')?;
        Some((message.parse().ok()?, matches!(score, "1")))
    };
    Some(match head {
        "menu" if rest.is_empty() => Chosen::Menu,
        "menu" if rest == "more" => Chosen::More,
        "menu" => Chosen::Item(Item::parse(rest)?),
        "lang" => Chosen::Language(LocaleTag::new(rest)),
        "rate" => rating().map(|(message, good)| Chosen::Rate { message, good })?,
        "service" => rating().map(|(message, good)| Chosen::Service { message, good })?,
        "title" => Chosen::Title(rest.to_owned()),
        NONE_OF_THESE => Chosen::NoneOfThese,
        "route" => Chosen::Route(rest.parse().ok()?),
        "prepare" => Chosen::Prepare(rest.parse().ok()?),
        "country" => Chosen::Country(rest.to_owned()),
        "consent" => {
            let (agreed, kind) = rest.split_once(':')?;
            Chosen::Consent { kind: TicketKind::parse(kind)?, agreed: agreed == "yes" }
        }
        "ticket" if rest == "done" => Chosen::TicketDone,
        "ticket" if rest == "cancel" => Chosen::TicketCancel,
        proof::WATCH if rest.is_empty() => Chosen::Watch,
        proof::SHARE if rest.is_empty() => Chosen::ShareNumber,
        "erase" => Chosen::Erase(rest == "yes"),
        _ => return None,
    })
}

/// Does what the choice `id` says.
pub(super) fn choose(turn: &mut Turn<'_>, id: &str) {
    turn.state.misses = 0;
    let Some(chosen) = parse(id) else { return menu::stale(turn) };
    let flow = match chosen {
        // These look aside from a flow, and the flow goes on.
        Chosen::Rate { .. } | Chosen::Service { .. } | Chosen::Item(Item::Privacy) | Chosen::ShareNumber => None,
        _ => turn.state.flow.take(),
    };
    match chosen {
        Chosen::Menu => menu::show(turn),
        Chosen::More => menu::more(turn),
        Chosen::Item(item) => menu::go(turn, item),
        Chosen::Language(locale) => language::choose(turn, &locale),
        Chosen::Rate { message, good } => rating::rate(turn, message, good),
        Chosen::Service { message, good } => rating::service(turn, message, good),
        Chosen::Title(article) => answer::chosen(turn, &article),
        Chosen::NoneOfThese => officer::hand_over(turn, None),
        Chosen::Route(stage) => route::show(turn, stage),
        Chosen::Prepare(page) => prepare::show(turn, page),
        Chosen::Country(country) => embassy::tell(turn, &country),
        Chosen::Consent { kind, agreed } => match flow {
            Some(Flow::Ticket(state)) if state.kind == kind => ticket::consent(turn, &state, agreed),
            // An old button: what it asked may have changed since.
            _ if agreed => ticket::begin(turn, kind),
            _ => menu::show(turn),
        },
        Chosen::TicketDone => match flow {
            Some(Flow::Ticket(state)) => ticket::done(turn, &state),
            _ => menu::show(turn),
        },
        Chosen::Watch => match flow {
            Some(Flow::Proof(state)) => watch::begin(turn, Some(state)),
            _ => watch::begin(turn, None),
        },
        Chosen::ShareNumber => proof::offer_share(turn),
        Chosen::TicketCancel => ticket::cancel(turn),
        // An old button must not destroy anything: it only asks again.
        Chosen::Erase(true) if !matches!(flow, Some(Flow::Erase(_))) => data::ask_erase(turn),
        Chosen::Erase(sure) => data::erase(turn, sure),
    }
}

/// A button pressed while an officer speaks: a rating is kept, everything else waits.
pub(super) fn quietly(turn: &mut Turn<'_>, id: &str) {
    if let Some(Chosen::Rate { message, good }) = parse(id) {
        rating::keep(turn, message, good);
    }
}

/// The offered choice that these words mean. None: they mean something else.
pub(super) fn meant(turn: &Turn<'_>, written: &str, command: Option<Command>) -> Option<String> {
    let offered = &turn.state.offered;
    let with = |part: &str| offered.iter().find(|choice| choice.id.split(':').any(|piece| piece == part));
    // "Yes, it helped" rates an answer; "no" to "how was the service?" only means that somebody does not want to rate.
    let helped = |score| rating(offered, &["rate"], score);
    let thumb = |score| rating(offered, &["rate", "service"], score);
    let found = match command {
        Some(Command::Ordinal(place)) => offered.get(usize::from(place).checked_sub(1)?),
        Some(Command::Yes) => with("yes").or_else(|| helped("1")).or_else(|| only(offered)),
        Some(Command::No) => with("no").or_else(|| helped("0")).or_else(|| with(NONE_OF_THESE)),
        Some(Command::Good) => thumb("1"),
        Some(Command::Bad) => thumb("0"),
        Some(Command::NoneOfThese) => with(NONE_OF_THESE),
        Some(Command::Done) => with("done"),
        _ => None,
    };
    found.or_else(|| labelled(turn, written)).map(|choice| choice.id.clone())
}

/// The choice that gives `score` to one of `rated`.
fn rating<'a>(offered: &'a [Choice], rated: &[&str], score: &str) -> Option<&'a Choice> {
    offered.iter().find(|choice| match choice.id.split_once(':') {
        Some((head, rest)) => rated.contains(&head) && rest.starts_with(score),
        None => false,
    })
}

fn only(offered: &[Choice]) -> Option<&Choice> {
    match offered {
        [one] => Some(one),
        _ => None,
    }
}

/// The choice whose words somebody typed.
fn labelled<'a>(turn: &'a Turn<'_>, written: &str) -> Option<&'a Choice> {
    let written = text::fold(written);
    let mut offered = turn.state.offered.iter();
    offered.find(|choice| labels(turn, &choice.label).iter().any(|label| text::fold(label) == written))
}

/// The words that may stand on a choice: a narrow button shows an article's short title.
fn labels(turn: &Turn<'_>, label: &Label) -> Vec<String> {
    let locale = turn.locale();
    match label {
        Label::Phrase(id) => vec![turn.world.catalog.phrase(&locale, id, &BTreeMap::new()).to_plain()],
        Label::ArticleTitle(id) => {
            let text = turn.world.library.article(id).and_then(|article| answer::text_in(article, &locale));
            text.into_iter().flat_map(|text| [Some(text.title.clone()), text.short_title.clone()]).flatten().collect()
        }
        Label::Text(words) => vec![words.clone()],
    }
}
