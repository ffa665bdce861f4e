//! A message in the making: phrases, articles and choices, without the words.
use crate::model::{Choice, Label, Picture, Piece, Share, TicketReference, Value};

/// What is about to be said.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) pieces: Vec<Piece>,
    pub(super) choices: Vec<Choice>,
    pub(super) share: Share,
    pub(super) picture: Option<Picture>,
}

impl Draft {
    /// A message that starts with this phrase.
    pub(super) fn of(phrase: &str) -> Self {
        Self::default().then(phrase)
    }

    /// A message that starts with this phrase, which names a ticket.
    pub(super) fn about(phrase: &str, reference: &TicketReference) -> Self {
        Self::default().then_about(phrase, reference)
    }

    /// One more paragraph.
    pub(super) fn then(self, phrase: &str) -> Self {
        self.then_with(phrase, [])
    }

    /// One more paragraph that names a ticket.
    pub(super) fn then_about(self, phrase: &str, reference: &TicketReference) -> Self {
        self.then_with(phrase, [("reference", Value::Text(reference.to_string()))])
    }

    /// One more paragraph with its variables.
    pub(super) fn then_with<const N: usize>(self, phrase: &str, args: [(&str, Value); N]) -> Self {
        let args = args.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        self.piece(Piece::Phrase { id: phrase.to_owned(), args })
    }

    /// One more paragraph of any kind.
    pub(super) fn piece(mut self, piece: Piece) -> Self {
        self.pieces.push(piece);
        self
    }

    /// One more choice, labelled with a phrase. A choice that stands there already is not repeated.
    pub(super) fn choice(self, id: &str, phrase: &str) -> Self {
        self.labelled(id, Label::Phrase(phrase.to_owned()))
    }

    /// One more choice with any label.
    pub(super) fn labelled(mut self, id: &str, label: Label) -> Self {
        let fits = id.len() <= super::choice::MAX_ID;
        if fits && !self.choices.iter().any(|choice| choice.id == id) {
            self.choices.push(Choice { id: id.to_owned(), label });
        }
        self
    }

    /// A picture beside the words.
    pub(super) fn showing(self, picture: Picture) -> Self {
        Self { picture: Some(picture), ..self }
    }

    /// The way to a person.
    pub(super) fn officer(self) -> Self {
        self.choice("menu:officer", "choice-officer")
    }

    /// The way back to the menu.
    pub(super) fn menu(self) -> Self {
        self.choice("menu", "choice-menu")
    }
}
