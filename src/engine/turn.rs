//! One turn in the making: the state so far, what is to be done, and the ids derived from the event.
use super::draft::Draft;
use super::{Conversation, Decided, Effect, OpenTicket, Outcome, Query, World};
use crate::model::{
    Event, Lane, LocaleTag, MessageId, Piece, Say, Share, TicketKind, TicketReference, Timestamp, Urgency,
};
use uuid::Uuid;

/// Most messages of one turn: more would be a wall of text on a small telephone, and costs parts on SMS.
pub(super) const MOST_SAYS: usize = 3;
/// Most open tickets remembered; the oldest is forgotten first and stays with the officers.
const MOST_TICKETS: usize = 32;

/// One turn in the making.
pub(super) struct Turn<'a> {
    pub(super) state: Conversation,
    pub(super) world: &'a World<'a>,
    event: &'a Event,
    effects: Vec<Effect>,
    query: Option<Query>,
    derived: u32,
    /// What goes in front of the next thing said, in the same message: one notification, one part on SMS.
    preface: Option<Draft>,
}

impl<'a> Turn<'a> {
    /// A turn that has done nothing yet.
    pub(super) fn new(conversation: &Conversation, event: &'a Event, world: &'a World<'a>) -> Self {
        let mut state = conversation.clone();
        state.turns = state.turns.saturating_add(1);
        let unsaid = std::mem::take(&mut state.unsaid);
        let preface = (!unsaid.is_empty()).then(|| Draft { pieces: unsaid, ..Draft::default() });
        Self { state, world, event, effects: Vec::new(), query: None, derived: 0, preface }
    }

    /// The time of the turn.
    pub(super) fn now(&self) -> Timestamp {
        self.world.now
    }

    /// The language of the answers.
    pub(super) fn locale(&self) -> LocaleTag {
        self.state.locale.clone().unwrap_or(LocaleTag::ARABIC)
    }

    /// Wants `effect` done.
    pub(super) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Wants `effect` done before all others.
    pub(super) fn effect_first(&mut self, effect: Effect) {
        self.effects.insert(0, effect);
    }

    /// Keeps what was decided about a question.
    pub(super) fn decide(&mut self, decided: Decided) {
        self.effect(Effect::Decided(decided));
    }

    /// Asks the database; its answer is the next event.
    pub(super) fn ask(&mut self, query: Query) {
        self.query = Some(query);
    }

    /// Says `draft`.
    pub(super) fn say(&mut self, draft: Draft) {
        let message = self.message_id();
        self.say_as(message, draft);
    }

    /// Says `draft` as a message nobody asked for just now.
    pub(super) fn say_in(&mut self, lane: Lane, draft: Draft) {
        let message = self.message_id();
        // Never with a picture: what nobody asked for just now tells nothing.
        let say = Say { pieces: draft.pieces, choices: draft.choices, lane, ..Say::reply(self.locale()) };
        self.effect(Effect::Say { message, say });
    }

    /// Puts `draft` in front of the next thing said, be it the answer to a query; said alone where nothing follows.
    pub(super) fn say_before(&mut self, draft: Draft) {
        self.preface = Some(draft);
    }

    /// Says `draft` as the message `message`, whose id its own choices may carry.
    pub(super) fn say_as(&mut self, message: MessageId, draft: Draft) {
        let mut pieces = self.preface.take().map(|before| before.pieces).unwrap_or_default();
        pieces.extend(draft.pieces);
        let (choices, picture, share) = (draft.choices, draft.picture, draft.share);
        let say = Say { pieces, choices, picture, share, ..Say::reply(self.locale()) };
        self.effect(Effect::Say { message, say });
    }

    /// A fresh message id. The event's time stays in front, so that messages sort as they were said.
    pub(super) fn message_id(&mut self) -> MessageId {
        let mut bytes = *self.event.id.0.as_bytes();
        let mut tail = self.seed().to_be_bytes();
        tail[0] = tail[0] & 0x3f | 0x80; // RFC 9562 §4.1: the variant
        bytes[8..].copy_from_slice(&tail);
        MessageId(Uuid::from_bytes(bytes))
    }

    /// Opens a ticket and remembers it. `topic` is a word for staff, never the person's.
    pub(super) fn open_ticket(
        &mut self,
        kind: TicketKind,
        urgency: Urgency,
        topic: Option<String>,
        text: &str,
    ) -> TicketReference {
        let reference = TicketReference::from_seed(self.seed() ^ u64::from(self.world.salt).wrapping_mul(SPREAD));
        self.effect(Effect::OpenTicket {
            reference: reference.clone(),
            kind,
            urgency,
            topic: topic.clone(),
            text: text.to_owned(),
        });
        if self.state.tickets.len() >= MOST_TICKETS {
            self.state.tickets.remove(0);
        }
        self.state.tickets.push(OpenTicket { reference: reference.clone(), kind, topic, opened_at: self.now() });
        reference
    }

    /// Adds words to a ticket, once a turn however many rules ask for it.
    pub(super) fn add_to_ticket(&mut self, reference: &TicketReference, text: &str) {
        let addition = Effect::AddToTicket { reference: reference.clone(), text: text.to_owned() };
        if !text.trim().is_empty() && !self.effects.contains(&addition) {
            self.effect(addition);
        }
    }

    /// Whether anything is said so far.
    pub(super) fn has_said(&self) -> bool {
        self.effects.iter().any(|effect| matches!(effect, Effect::Say { .. }))
    }

    /// The outcome: at most [`MOST_SAYS`] messages, and one of them with choices, so that "2" means one thing.
    pub(super) fn finish(mut self) -> Outcome {
        match self.preface.take() {
            // The next step of this turn says it together with what the database answers.
            Some(before) if self.query.is_some() => self.state.unsaid = before.pieces,
            Some(alone) => self.say(alone),
            None => {}
        }
        self.join_spare_says();
        // Whatever else the turn did is destroyed with the rest.
        self.effects.sort_by_key(|effect| matches!(effect, Effect::Erase));
        self.state.flow_at = self.state.flow.is_some().then_some(self.world.now);
        let last_choices =
            self.effects.iter().rposition(|e| matches!(e, Effect::Say { say, .. } if !say.choices.is_empty()));
        // In a flow, a word in between (a voice note came, an alarm) leaves its buttons standing.
        if last_choices.is_some() || self.has_said() && self.state.flow.is_none() {
            self.state.offered.clear();
        }
        for (place, effect) in self.effects.iter_mut().enumerate() {
            let Effect::Say { say, .. } = effect else { continue };
            if Some(place) == last_choices {
                self.state.offered.clone_from(&say.choices);
            } else {
                say.choices.clear();
            }
        }
        self.take_share_away();
        Outcome { conversation: self.state, effects: self.effects, query: self.query }
    }

    /// The button that shares a number goes with our next words, whatever they are. Telegram takes it away only with a message
    /// that has no buttons of its own.
    fn take_share_away(&mut self) {
        let offers = |effect: &Effect| matches!(effect, Effect::Say { say, .. } if say.share == Share::Offer);
        let stood = std::mem::replace(&mut self.state.share_offered, false);
        if self.effects.iter().any(offers) {
            self.state.share_offered = true;
            return;
        }
        let replies = |effect: &Effect| matches!(effect, Effect::Say { say, .. } if say.lane == Lane::Reply);
        if !stood || self.effects.iter().any(|e| matches!(e, Effect::Say { say, .. } if say.share == Share::Remove)) {
            return;
        }
        let Some(first) = self.effects.iter().position(replies) else {
            self.state.share_offered = true;
            return;
        };
        let plain = self.effects.iter_mut().find_map(|effect| match effect {
            Effect::Say { say, .. } if say.lane == Lane::Reply && say.choices.is_empty() => Some(say),
            _ => None,
        });
        if let Some(say) = plain {
            say.share = Share::Remove;
            return;
        }
        let message = self.message_id();
        let piece = Piece::Phrase { id: "share-away".to_owned(), args: std::collections::BTreeMap::new() };
        let say = Say { pieces: vec![piece], share: Share::Remove, ..Say::reply(self.locale()) };
        self.effects.insert(first, Effect::Say { message, say });
    }

    /// Starts the state anew, for somebody whose data is destroyed.
    pub(super) fn forget(&mut self) {
        let kept = Conversation {
            locale: self.state.locale.clone(),
            locale_chosen: self.state.locale_chosen,
            // A person who wanted no notices must not get them because their data is gone.
            stopped_at: self.state.stopped_at,
            turns: self.state.turns,
            ..Conversation::default()
        };
        self.state = kept;
    }

    fn join_spare_says(&mut self) {
        let says = self.effects.iter().filter(|effect| matches!(effect, Effect::Say { .. })).count();
        for _ in MOST_SAYS..says {
            let Some(last) = self.effects.iter().rposition(|e| matches!(e, Effect::Say { .. })) else { return };
            let Effect::Say { say: spare, .. } = self.effects.remove(last) else { return };
            let before = self.effects.iter_mut().rev().find_map(|effect| match effect {
                Effect::Say { say, .. } => Some(say),
                _ => None,
            });
            let Some(before) = before else { return };
            before.pieces.extend(spare.pieces);
            if !spare.choices.is_empty() {
                before.choices = spare.choices;
            }
        }
    }

    /// A number that differs for every event, step and use, and is the same in a replay.
    fn seed(&mut self) -> u64 {
        self.derived += 1;
        let place = self.state.turns.to_be_bytes().into_iter().chain(self.derived.to_be_bytes());
        let mixed =
            self.event.id.0.as_bytes().iter().copied().chain(place).fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3) // FNV-1a
            });
        // FNV's high bits change little with the last bytes; a multiplication and a shift spread them.
        let spread = (mixed ^ (mixed >> 31)).wrapping_mul(SPREAD);
        spread ^ (spread >> 29)
    }
}

/// 2^64 divided by the golden ratio, odd: neighbouring numbers end far apart.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
