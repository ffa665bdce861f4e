//! What turns want done, as rows: states, messages, parts to send, tickets, timers, ratings, consents.
use super::deliveries::Direct;
use super::render::{self, RenderedPart};
use super::state::App;
use super::turns::outcome_hash;
use crate::channels;
use crate::engine::{Conversation, Decided, Effect, Owner};
use crate::knowledge::Library;
use crate::model::{
    ContactId, ConversationId, DeliveryId, EventId, EventKind, Lane, LocaleTag, NoticeKind, OutboundPart, Piece,
    QueryAnswer, Say, TicketId, TicketReference, Timestamp,
};
use crate::store::{
    ClaimedEvent, ConversationWrite, NewConsent, NewDelivery, NewMessage, NewRating, NewTicket, ProofAsk, StoreError,
    TicketEntry, TimerWrite, TurnRow, TurnWrite, Tx,
};
use std::sync::Arc;

/// A turn that was stepped and is to be written.
pub(super) struct Turn {
    pub(super) claimed: ClaimedEvent,
    pub(super) salt: u32,
    pub(super) stepped_at: Timestamp,
    /// What it was stepped with: it may be swapped before the turn is written.
    pub(super) library: Arc<Library>,
    pub(super) answers: Vec<QueryAnswer>,
    pub(super) conversation: Conversation,
    pub(super) effects: Vec<Effect>,
}

/// What turns want written, made ready before the database is asked for anything.
pub(super) struct TurnRows {
    states: Vec<ConversationWrite>,
    turns: Vec<TurnWrite>,
    messages: Vec<NewMessage>,
    deliveries: Vec<NewDelivery>,
    locales: Vec<(ContactId, LocaleTag)>,
    consents: Vec<NewConsent>,
}

impl App {
    /// Writes turns and all that they want done.
    pub(super) async fn write_turns(&self, tx: &mut Tx, turns: &[Turn]) -> Result<Direct, StoreError> {
        // Claimed under a lock: they still wait.
        Ok(self.write_rows(tx, turns, self.rows_of(turns)).await?.unwrap_or_default())
    }

    /// What turns want written.
    pub(super) fn rows_of(&self, turns: &[Turn]) -> TurnRows {
        let kept: Vec<&Turn> = turns.iter().filter(|turn| !turn.erases()).collect();
        let states: Vec<ConversationWrite> = kept
            .iter()
            .map(|turn| ConversationWrite {
                id: turn.claimed.conversation,
                state: turn.conversation.clone(),
                at: turn.stepped_at,
            })
            .collect();
        let rows = kept.iter().map(|turn| self.turn_row(turn)).collect();
        let mut messages = Vec::new();
        let mut deliveries = Vec::new();
        for turn in turns {
            self.say_all(turn, &mut messages, &mut deliveries);
        }
        let locales = kept.iter().filter_map(|turn| turn.locale_set()).collect();
        let consents = kept.iter().flat_map(|turn| self.consents(turn)).collect();
        TurnRows { states, turns: rows, messages, deliveries, locales, consents }
    }

    /// Writes turns with their rows, in few statements over many rows. Returns what is to be sent after the commit. None where
    /// an event does not wait any more: nothing may be committed then.
    pub(super) async fn write_rows(
        &self,
        tx: &mut Tx,
        turns: &[Turn],
        mut rows: TurnRows,
    ) -> Result<Option<Direct>, StoreError> {
        let now = self.clock().now();
        let done: Vec<EventId> = turns.iter().map(|turn| turn.claimed.id).collect();
        if !tx.inbox_done(&done, now).await? {
            return Ok(None);
        }
        // An erasure comes first: what the same turn still says is said after it.
        for turn in turns.iter().filter(|turn| turn.erases()) {
            tx.contact_erase(turn.claimed.contact, now).await?;
            tx.audit(&**self.clock(), "person", "erase", &turn.claimed.contact.to_string()).await?;
        }
        tx.conversations_write(&rows.states).await?;
        tx.turns_insert(&rows.turns).await?;
        tx.messages_insert(&rows.messages).await?;
        let direct = self.take_direct(tx, &mut rows.deliveries, now).await?;
        tx.deliveries_insert(&rows.deliveries).await?;
        tx.contacts_locale(&rows.locales).await?;
        tx.consents_insert(&rows.consents).await?;
        for turn in turns.iter().filter(|turn| !turn.erases()) {
            self.carry_out(tx, turn).await?;
        }
        Ok(Some(direct))
    }

    fn turn_row(&self, turn: &Turn) -> TurnWrite {
        let (decided, article, confidence) = turn.decided();
        TurnWrite {
            conversation: turn.claimed.conversation,
            row: TurnRow {
                inbox_seq: turn.claimed.seq,
                event: turn.claimed.id,
                number: i64::try_from(turn.claimed.state.turns).unwrap_or(i64::MAX),
                stepped_at: turn.stepped_at,
                library_revision: turn.library.revision,
                settings_revision: self.settings_revision().to_owned(),
                model_revision: turn.library.model.clone(),
                salt: i32::try_from(turn.salt).unwrap_or(0),
                answers: turn.answers.clone(),
                outcome: outcome_hash(&turn.conversation, &turn.effects),
                decided: decided.map(str::to_owned),
                article,
                confidence,
            },
        }
    }

    fn say_all(&self, turn: &Turn, messages: &mut Vec<NewMessage>, deliveries: &mut Vec<NewDelivery>) {
        let origin = match turn.claimed.event {
            EventKind::OfficerReplied { .. } => "officer",
            _ => "bot",
        };
        for effect in &turn.effects {
            let Effect::Say { message, say } = effect else { continue };
            let country = match &turn.claimed.event {
                EventKind::RequestNews { country, .. } => country.as_deref(),
                _ => None,
            };
            messages.push(NewMessage {
                id: *message,
                conversation: turn.claimed.conversation,
                event: turn.claimed.id,
                lane: say.lane,
                origin,
                article: said_article(say),
                at: turn.stepped_at,
            });
            let parts = self.render(turn, say);
            let picture = self.pictures().shown_with(say, channels::limits_of(&turn.claimed.transport));
            deliveries.extend(parts.into_iter().enumerate().map(|(place, part)| NewDelivery {
                part: OutboundPart {
                    delivery: DeliveryId(self.clock().id()),
                    conversation: turn.claimed.conversation,
                    to: turn.claimed.to.clone(),
                    text: part.text,
                    choices: part.choices,
                    share: part.share,
                    picture: if place == 0 { picture.clone() } else { None },
                    locale: say.locale.clone(),
                },
                message: *message,
                transport: turn.claimed.transport.clone(),
                account: turn.claimed.account.clone(),
                lane: say.lane,
                place: u16::try_from(place).unwrap_or(u16::MAX),
                at: turn.stepped_at,
                due_at: match say.lane {
                    Lane::Notice => self.quiet_until(turn.stepped_at, country),
                    Lane::Reply | Lane::Code => turn.stepped_at,
                },
                country: country.map(str::to_owned),
                first_try: None,
            }));
        }
    }

    fn render(&self, turn: &Turn, say: &Say) -> Vec<RenderedPart> {
        let limits = channels::limits_of(&turn.claimed.transport);
        let say = &self.with_links(turn.claimed.conversation, turn.stepped_at, say);
        render::render(say, self.catalog(), &turn.library, limits, &self.settings().contacts)
    }

    fn consents(&self, turn: &Turn) -> Vec<NewConsent> {
        let consent = |effect: &Effect| match effect {
            Effect::Consent { kind, text_version } => Some(NewConsent {
                id: self.clock().id(),
                contact: turn.claimed.contact,
                channel: turn.claimed.channel.clone(),
                kind: kind.clone(),
                text_version: text_version.clone(),
                at: turn.stepped_at,
            }),
            _ => None,
        };
        turn.effects.iter().filter_map(consent).collect()
    }

    /// Carries out the effects that are rarer than saying something.
    async fn carry_out(&self, tx: &mut Tx, turn: &Turn) -> Result<(), StoreError> {
        let claimed = &turn.claimed;
        let at = turn.stepped_at;
        if let Some(reference) = turn.given_back()
            && let Some(ticket) = tx.ticket_find(reference).await?
        {
            tx.ticket_reopen(ticket.id, at).await?;
        }
        for effect in &turn.effects {
            match effect {
                Effect::OpenTicket { reference, kind, urgency, topic, text } => {
                    let made = self.ticket_for(claimed, *kind, *urgency, topic.clone(), at);
                    let ticket = NewTicket { reference: reference.clone(), ..made };
                    tx.ticket_open(&ticket).await?;
                    self.add_words(tx, ticket.id, text, at).await?;
                }
                Effect::AddToTicket { reference, text } => {
                    if let Some(ticket) = tx.ticket_find(reference).await? {
                        self.add_words(tx, ticket.id, text, at).await?;
                    }
                }
                Effect::SetTimer { name, at } => set_timer(tx, claimed.conversation, name, Some(*at)).await?,
                Effect::ClearTimer { name } => set_timer(tx, claimed.conversation, name, None).await?,
                Effect::Rate { message, article, revision, score } => {
                    let rating = NewRating {
                        message: *message,
                        conversation: claimed.conversation,
                        article: article.clone(),
                        revision: *revision,
                        score: *score,
                        at,
                    };
                    tx.rating_put(&rating).await?;
                }
                Effect::SeekProof { keys } => tx.proof_ask(&self.proof_ask(turn, keys)).await?,
                Effect::Watch { key } => self.watch(tx, claimed.conversation, key, at).await?,
                Effect::Unwatch => tx.watches_end(claimed.conversation).await?,
                Effect::Unlink => self.unlink(tx, claimed.conversation, at).await?,
                Effect::OptOut { out } => opt_out(tx, claimed.contact, *out, at).await?,
                Effect::Reminders { wanted } => opt_out_of_reminders(tx, claimed.contact, !wanted, at).await?,
                Effect::Reachable { reachable } => {
                    tx.address_reachable(claimed.conversation, (!reachable).then_some(at)).await?;
                }
                Effect::Say { .. }
                | Effect::Consent { .. }
                | Effect::SetLocale { .. }
                | Effect::Erase
                | Effect::Decided(_) => {}
            }
        }
        Ok(())
    }

    fn proof_ask(&self, turn: &Turn, keys: &[String]) -> ProofAsk {
        ProofAsk {
            id: self.clock().id(),
            conversation: turn.claimed.conversation,
            keys: keys.to_owned(),
            locale: turn.conversation.locale.clone().unwrap_or(LocaleTag::ARABIC),
            at: turn.stepped_at,
        }
    }

    async fn add_words(&self, tx: &mut Tx, ticket: TicketId, text: &str, at: Timestamp) -> Result<(), StoreError> {
        if text.is_empty() {
            return Ok(());
        }
        let entry = TicketEntry { at, author: "person".into(), body: Some(text.to_owned()) };
        tx.ticket_entry(self.clock().id(), ticket, &entry).await
    }
}

impl Turn {
    fn erases(&self) -> bool {
        self.effects.contains(&Effect::Erase)
    }

    /// The ticket whose officer has been silent for too long: open again, staff are told anew.
    fn given_back(&self) -> Option<&TicketReference> {
        match (&self.claimed.event, &self.claimed.state.owner, &self.conversation.owner) {
            // The person's own message gives it back as well, where it comes before a late timer.
            (
                EventKind::TimerFired { .. } | EventKind::Received { .. },
                Owner::Officer { reference, .. },
                Owner::Bot,
            ) => Some(reference),
            _ => None,
        }
    }

    fn locale_set(&self) -> Option<(ContactId, LocaleTag)> {
        self.effects.iter().rev().find_map(|effect| match effect {
            Effect::SetLocale { locale } => Some((self.claimed.contact, locale.clone())),
            _ => None,
        })
    }

    fn decided(&self) -> (Option<&'static str>, Option<String>, Option<f32>) {
        let found = self.effects.iter().find_map(|effect| match effect {
            Effect::Decided(decided) => Some(decided),
            _ => None,
        });
        match found {
            None => (None, None, None),
            Some(Decided::Answered { article, confidence }) => {
                (Some("answered"), Some(article.clone()), Some(*confidence))
            }
            Some(Decided::Offered { articles }) => (Some("offered"), articles.first().cloned(), None),
            Some(Decided::Chosen { article }) => (Some("chosen"), Some(article.clone()), None),
            Some(Decided::NotUnderstood) => (Some("not_understood"), None, None),
            Some(Decided::Urgent { topic }) => (Some("urgent"), Some(topic.clone()), None),
        }
    }
}

/// Keeps whether a person wants no messages they did not ask for; what waits for the morning is not sent either.
async fn opt_out(tx: &mut Tx, person: ContactId, out: bool, at: Timestamp) -> Result<(), StoreError> {
    tx.contact_opt_out(person, out.then_some(at)).await?;
    if out { tx.notices_stop(person, None, at).await } else { Ok(()) }
}

/// The same of reminders alone.
async fn opt_out_of_reminders(tx: &mut Tx, person: ContactId, out: bool, at: Timestamp) -> Result<(), StoreError> {
    tx.reminders_off(person, out.then_some(at)).await?;
    if out { tx.notices_stop(person, Some(NoticeKind::Reminder), at).await } else { Ok(()) }
}

async fn set_timer(
    tx: &mut Tx,
    conversation: ConversationId,
    name: &str,
    due_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    tx.timer_write(&TimerWrite { conversation, name: name.to_owned(), due_at }).await
}

fn said_article(say: &Say) -> Option<(String, i64)> {
    say.pieces.iter().find_map(|piece| match piece {
        Piece::Article { id, revision } => Some((id.clone(), *revision)),
        Piece::Phrase { .. } | Piece::ArticleTitle { .. } | Piece::PapersLink { .. } | Piece::Verbatim { .. } => None,
    })
}
