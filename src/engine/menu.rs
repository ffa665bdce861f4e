//! The menu, and what each of its items begins.
use super::draft::Draft;
use super::turn::Turn;
use super::{data, embassy, language, officer, papers, prepare, route, status, ticket};
use crate::knowledge::Offer;
use crate::model::TicketKind;

/// Something to begin: an item of the menu, a button under an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    Route,
    Embassy,
    Prepare,
    Officer,
    Complaint,
    Suggestion,
    Volunteer,
    CallBack,
    Data,
    DataRequest,
    Erase,
    Language,
    Privacy,
    Status,
    Papers,
}

impl Item {
    const ALL: [Self; 15] = [
        Self::Route,
        Self::Embassy,
        Self::Prepare,
        Self::Officer,
        Self::Complaint,
        Self::Suggestion,
        Self::Volunteer,
        Self::CallBack,
        Self::Data,
        Self::DataRequest,
        Self::Erase,
        Self::Language,
        Self::Privacy,
        Self::Status,
        Self::Papers,
    ];

    /// The word behind `menu:` in its id and behind `choice-` in its label.
    const fn word(self) -> &'static str {
        match self {
            Self::Route => "route",
            Self::Embassy => "embassy",
            Self::Prepare => "prepare",
            Self::Officer => "officer",
            Self::Complaint => "complaint",
            Self::Suggestion => "suggestion",
            Self::Volunteer => "volunteer",
            Self::CallBack => "callback",
            Self::Data => "data",
            Self::DataRequest => "data-request",
            Self::Erase => "erase",
            Self::Language => "language",
            Self::Privacy => "privacy",
            Self::Status => "status",
            Self::Papers => "papers",
        }
    }

    pub(super) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|item| item.word() == word)
    }
}

/// The menu.
pub(super) fn show(turn: &mut Turn<'_>) {
    turn.say(choices(Draft::of("menu-prompt")));
}

/// What the bot can do, and the menu.
pub(super) fn help(turn: &mut Turn<'_>) {
    turn.say(choices(Draft::of("help")));
}

/// The rest of the menu.
pub(super) fn more(turn: &mut Turn<'_>) {
    let items = [Item::Complaint, Item::Suggestion, Item::Volunteer, Item::CallBack];
    turn.say(items.into_iter().fold(Draft::of("menu-more"), with).menu());
}

/// A button of an older version, or of a message that is not ours.
pub(super) fn stale(turn: &mut Turn<'_>) {
    turn.say(choices(Draft::of("choice-stale")));
}

/// Somebody typed an identity number: it is not needed, and is not kept in tickets.
pub(super) fn no_identity_numbers(turn: &mut Turn<'_>) {
    turn.say(Draft::of("no-identity-numbers").officer().menu());
}

/// `draft` with the items of the menu.
pub(super) fn choices(draft: Draft) -> Draft {
    let draft = [Item::Status, Item::Route, Item::Embassy, Item::Prepare, Item::Officer].into_iter().fold(draft, with);
    let draft = draft.choice("menu:more", "choice-more");
    [Item::Data, Item::Language, Item::Privacy].into_iter().fold(draft, with)
}

/// `draft` with one item more.
pub(super) fn with(draft: Draft, item: Item) -> Draft {
    draft.choice(&format!("menu:{}", item.word()), &format!("choice-{}", item.word()))
}

/// `draft` with the button that an article offers.
pub(super) fn offer(draft: Draft, offer: Offer) -> Draft {
    let item = match offer {
        Offer::Route => Item::Route,
        Offer::Embassy => Item::Embassy,
        Offer::Prepare => Item::Prepare,
        Offer::Officer => Item::Officer,
        Offer::Complaint => Item::Complaint,
        Offer::Suggestion => Item::Suggestion,
        Offer::Volunteer => Item::Volunteer,
        Offer::Callback => Item::CallBack,
        Offer::Data => Item::Data,
        Offer::Privacy => Item::Privacy,
        Offer::Status => Item::Status,
        Offer::Menu => return draft.menu(),
    };
    with(draft, item)
}

/// Begins what `item` names.
pub(super) fn go(turn: &mut Turn<'_>, item: Item) {
    match item {
        Item::Route => route::begin(turn),
        Item::Embassy => embassy::begin(turn),
        Item::Prepare => prepare::begin(turn),
        Item::Officer => officer::hand_over(turn, None),
        Item::Complaint => ticket::begin(turn, TicketKind::Complaint),
        Item::Suggestion => ticket::begin(turn, TicketKind::Suggestion),
        Item::Volunteer => ticket::begin(turn, TicketKind::Volunteer),
        Item::CallBack => ticket::begin(turn, TicketKind::CallBack),
        Item::Data => data::begin(turn),
        Item::DataRequest => ticket::begin(turn, TicketKind::DataRequest),
        Item::Erase => data::ask_erase(turn),
        Item::Language => language::ask(turn),
        Item::Privacy => data::privacy(turn),
        Item::Status => status::begin(turn),
        Item::Papers => papers::begin(turn),
    }
}
