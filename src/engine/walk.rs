//! A text told page by page, with next and back: what the route and the preparation have in common.
use super::draft::Draft;
use super::flow::Said;
use super::menu::{self, Item};
use super::turn::Turn;
use crate::locale::Command;
use crate::model::Value;

/// A text in pages. Page n is the phrase `{name}-{n}`; its button is `{name}:{n}`.
pub(super) struct Walk {
    pub(super) name: &'static str,
    pub(super) pages: u8,
    /// The ways on from the last page.
    pub(super) after: &'static [Item],
}

/// Where the person goes from a page.
pub(super) enum Goes {
    To(u8),
    /// Away from the walk: the words mean something else.
    Away,
    /// Out of the walk, to the menu.
    Out,
}

impl Walk {
    /// Says the page `page`, after `draft`. Returns its number: a page that does not exist is the nearest one.
    pub(super) fn show(&self, turn: &mut Turn<'_>, page: u8, draft: Draft) -> u8 {
        let page = page.clamp(1, self.pages);
        let count = |n: u8| Value::Number(f64::from(n));
        let mut draft = draft
            .then_with("page-of", [("page", count(page)), ("pages", count(self.pages))])
            .then(&format!("{}-{page}", self.name));
        if page < self.pages {
            draft = draft.choice(&format!("{}:{}", self.name, page + 1), "choice-next");
        } else {
            draft = self.after.iter().fold(draft, |draft, item| menu::with(draft, *item));
        }
        if page > 1 {
            draft = draft.choice(&format!("{}:{}", self.name, page - 1), "choice-back");
        }
        turn.say(draft.officer().menu());
        page
    }

    /// Where words lead from the page `page`.
    pub(super) fn goes(&self, page: u8, said: &Said<'_>) -> Goes {
        match said.command {
            Some(Command::Back) if page > 1 => Goes::To(page - 1),
            Some(Command::Yes | Command::Done | Command::Skip) if page < self.pages => Goes::To(page + 1),
            Some(Command::Back | Command::Cancel | Command::Done | Command::Skip | Command::No | Command::Yes) => {
                Goes::Out
            }
            _ => Goes::Away,
        }
    }
}
