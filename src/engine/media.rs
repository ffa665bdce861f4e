//! What comes without words: a polite answer, and nothing is downloaded (domain.md §2).
use super::draft::Draft;
use super::turn::Turn;
use super::{flow, menu, understand, welcome};
use crate::knowledge::Tier;
use crate::model::MediaKind;
use crate::text;

/// A picture, a voice note, a paper…
pub(super) fn received(turn: &mut Turn<'_>, kind: MediaKind, caption: Option<&str>) {
    let caption = caption.filter(|caption| !text::fold(caption).is_empty());
    if caption.is_none() {
        welcome::shortly(turn);
    }
    let phrase = match kind {
        MediaKind::Voice => "media-voice",
        MediaKind::Photo | MediaKind::Document => "media-paper",
        MediaKind::Video => "media-video",
        MediaKind::Location => "media-location",
        MediaKind::Contact => "media-contact",
        MediaKind::Sticker => "media-sticker",
        MediaKind::Other => "media-other",
    };
    let Some(caption) = caption else {
        let draft = Draft::of(phrase);
        // In the middle of something the person only needs to go on; a menu would lead away.
        let goes_on = turn.state.flow.is_some() && flow::takes_words(turn);
        return turn.say(if goes_on { draft } else { menu::choices(draft) });
    };
    understand::words(turn, caption);
    let danger = turn.world.library.urgent(caption).is_some_and(|alarm| alarm.tier == Tier::Danger);
    if !danger && !matches!(kind, MediaKind::Sticker | MediaKind::Other) {
        turn.say(Draft::of(phrase));
    }
}

/// Something this program has no word for yet.
pub(super) fn unsupported(turn: &mut Turn<'_>) {
    welcome::shortly(turn);
    turn.say(menu::choices(Draft::of("media-other")));
}
