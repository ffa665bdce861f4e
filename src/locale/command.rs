//! Words that are commands when they are a whole message: lists `words-*` of each `locale.ftl`.

use crate::text;

/// What a person can say in a word at any time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is the command of that name")]
pub enum Command {
    Officer,
    Menu,
    Help,
    Back,
    Cancel,
    Stop,
    Start,
    StopReminders,
    Yes,
    No,
    Language,
    Arabic,
    English,
    Route,
    Embassy,
    Prepare,
    Complaint,
    Suggestion,
    Volunteer,
    Callback,
    MyData,
    EraseMyData,
    DataRequest,
    MyRequest,
    SendPaper,
    Unlink,
    Rate,
    Good,
    Bad,
    Thanks,
    Greeting,
    Goodbye,
    Skip,
    Done,
    NoneOfThese,
    /// The first, the second… of what was offered, from 1.
    Ordinal(u8),
    Privacy,
    Watch,
    StopWatch,
    WhichCode,
}

impl Command {
    /// Every command but the ordinals, with the end of its list's id: `words-my-data`.
    pub const NAMED: &[(&str, Self)] = &[
        ("officer", Self::Officer),
        ("menu", Self::Menu),
        ("help", Self::Help),
        ("back", Self::Back),
        ("cancel", Self::Cancel),
        ("stop", Self::Stop),
        ("start", Self::Start),
        ("stop-reminders", Self::StopReminders),
        ("yes", Self::Yes),
        ("no", Self::No),
        ("language", Self::Language),
        ("arabic", Self::Arabic),
        ("english", Self::English),
        ("route", Self::Route),
        ("embassy", Self::Embassy),
        ("prepare", Self::Prepare),
        ("complaint", Self::Complaint),
        ("suggestion", Self::Suggestion),
        ("volunteer", Self::Volunteer),
        ("callback", Self::Callback),
        ("my-data", Self::MyData),
        ("erase-my-data", Self::EraseMyData),
        ("data-request", Self::DataRequest),
        ("my-request", Self::MyRequest),
        ("send-paper", Self::SendPaper),
        ("unlink", Self::Unlink),
        ("rate", Self::Rate),
        ("good", Self::Good),
        ("bad", Self::Bad),
        ("thanks", Self::Thanks),
        ("greeting", Self::Greeting),
        ("goodbye", Self::Goodbye),
        ("skip", Self::Skip),
        ("done", Self::Done),
        ("none-of-these", Self::NoneOfThese),
        ("privacy", Self::Privacy),
        ("watch", Self::Watch),
        ("stop-watch", Self::StopWatch),
        ("which-code", Self::WhichCode),
    ];

    /// The command whose list has the id `words-{name}`; `ordinal-3` is the third. None for an unknown name.
    #[must_use]
    pub fn of_list(name: &str) -> Option<Self> {
        if let Some(place) = name.strip_prefix("ordinal-") {
            return place.parse().ok().filter(|&place| place > 0).map(Self::Ordinal);
        }
        Self::NAMED.iter().find(|(known, _)| *known == name).map(|&(_, command)| command)
    }
}

/// What a message and the words of the lists are compared by. A message of signs alone (👍🏽, ❤️) is its first sign.
pub(super) fn key(text: &str) -> String {
    let folded = text::fold(text);
    if folded.is_empty() { text.trim().chars().take(1).collect() } else { folded }
}
