//! A conversation held with the engine alone: answers its queries, fires its timers, and checks at every step that a replay
//! from the stored state says the same.
use super::world::Stage;
use awasir::engine::{Conversation, Effect, Outcome, Owner, Query, World, step};
use awasir::model::{
    CodeOutcome, Event, EventId, EventKind, MessageId, QueryAnswer, RequestFacts, Say, TicketKind, TicketReference,
    TicketStatus, TicketSummary, Timestamp,
};
use std::collections::BTreeMap;
use std::time::Duration;
use uuid::Uuid;

/// Most queries of one turn (design.md §4, hop 6).
const MOST_QUERIES: usize = 3;

/// One conversation.
pub(crate) struct Talk<'a> {
    stage: &'a Stage,
    pub(crate) state: Conversation,
    pub(crate) now: Timestamp,
    events: u128,
    timers: BTreeMap<String, Timestamp>,
    /// Every ticket opened, in order.
    pub(crate) tickets: Vec<TicketSummary>,
    consents: Vec<(String, String, Timestamp)>,
    received: u32,
    sent: u32,
    /// A request in the register; its code is 123456.
    pub(crate) request: Option<RequestFacts>,
    /// Whether it is proved on this address.
    pub(crate) proved: bool,
    wrong: u8,
    /// Whether the channel has a button that shares a number.
    pub(crate) shares_number: bool,
    /// Whether the number that is shared is in the request's file.
    pub(crate) matches: bool,
}

impl<'a> Talk<'a> {
    pub(crate) fn new(stage: &'a Stage) -> Self {
        Self {
            stage,
            state: Conversation::default(),
            now: Timestamp::from_seconds(1_795_500_000),
            events: 0x0190_0000_0000_7000_8000_0000_0000_0000,
            timers: BTreeMap::new(),
            tickets: Vec::new(),
            consents: Vec::new(),
            received: 0,
            sent: 0,
            request: None,
            proved: false,
            wrong: 0,
            shares_number: false,
            matches: false,
        }
    }

    /// One turn: what it wants done, queries answered.
    pub(crate) fn turn(&mut self, kind: EventKind) -> Vec<Effect> {
        self.received += u32::from(matches!(kind, EventKind::Received { .. }));
        self.events += 1;
        let id = EventId(Uuid::from_u128(self.events));
        let mut outcome = self.step(&Event { id, at: self.now, kind });
        let mut effects = std::mem::take(&mut outcome.effects);
        let mut queries = 0;
        while let Some(query) = outcome.query.take() {
            queries += 1;
            assert!(queries <= MOST_QUERIES, "a turn asks at most {MOST_QUERIES} times");
            let answer = match query {
                Query::MyData => self.my_data(),
                Query::MyRequests => QueryAnswer::MyRequests { requests: self.told(), expired: false },
                Query::Attested => {
                    self.proved |= self.matches;
                    QueryAnswer::Attested { matched: self.matches, requests: self.told() }
                }
                Query::TryCode { code } => self.try_code(&code),
            };
            outcome = self.step(&Event { id, at: self.now, kind: EventKind::Answered { answer } });
            effects.append(&mut outcome.effects);
        }
        for effect in &effects {
            self.carry_out(effect);
        }
        effects
    }

    fn told(&self) -> Vec<RequestFacts> {
        self.request.iter().filter(|_| self.proved).cloned().collect()
    }

    fn try_code(&mut self, code: &str) -> QueryAnswer {
        self.proved |= self.request.is_some() && code == "123456";
        self.wrong += u8::from(!self.proved);
        let outcome = match (self.proved, self.wrong) {
            (true, _) => CodeOutcome::Proved,
            (false, 0..=2) => CodeOutcome::Wrong,
            (false, _) => CodeOutcome::Locked { minutes: 15 },
        };
        QueryAnswer::CodeTried { outcome, requests: self.told() }
    }

    /// Lets time pass. Timers that come due fire, each as a turn of its own.
    pub(crate) fn wait(&mut self, span: Duration) -> Vec<Vec<Effect>> {
        self.now = self.now + span;
        let due: Vec<String> =
            self.timers.iter().filter(|(_, at)| **at <= self.now).map(|(name, _)| name.clone()).collect();
        due.into_iter()
            .map(|name| {
                self.timers.remove(&name);
                self.turn(EventKind::TimerFired { name })
            })
            .collect()
    }

    /// The ticket that an officer would look at: the one taken, else the newest.
    pub(crate) fn ticket(&self) -> Option<TicketReference> {
        match &self.state.owner {
            Owner::Officer { reference, .. } => Some(reference.clone()),
            Owner::Bot => self.tickets.last().map(|ticket| ticket.reference.clone()),
        }
    }

    fn step(&mut self, event: &Event) -> Outcome {
        let world = World { shares_number: self.shares_number, ..self.stage.at(self.now) };
        let stored: Conversation = serde_json::from_str(&serde_json::to_string(&self.state).unwrap()).unwrap();
        assert_eq!(stored, self.state, "a state reads back as it was written");
        let event: Event = serde_json::from_str(&serde_json::to_string(event).unwrap()).unwrap();
        let outcome = step(&self.state, &event, &world);
        assert_eq!(outcome, step(&stored, &event, &world), "a replay says the same");
        check_bounds(&outcome);
        self.state = outcome.conversation.clone();
        outcome
    }

    fn carry_out(&mut self, effect: &Effect) {
        match effect {
            Effect::Say { .. } => self.sent += 1,
            Effect::OpenTicket { reference, kind, .. } => self.tickets.push(TicketSummary {
                reference: reference.clone(),
                kind: *kind,
                status: TicketStatus::Open,
                opened_at: self.now,
            }),
            Effect::SetTimer { name, at } => _ = self.timers.insert(name.clone(), *at),
            Effect::ClearTimer { name } => _ = self.timers.remove(name),
            Effect::Unlink => self.proved = false,
            Effect::Consent { kind, text_version } => {
                self.consents.push((kind.clone(), text_version.clone(), self.now));
            }
            _ => {}
        }
    }

    fn my_data(&self) -> QueryAnswer {
        QueryAnswer::MyData {
            received: self.received,
            sent: self.sent,
            since: Some(self.now),
            consents: self.consents.clone(),
            tickets: self.tickets.clone(),
        }
    }
}

/// What holds for every turn, whatever came before.
fn check_bounds(outcome: &Outcome) {
    let said: Vec<(&MessageId, &Say)> = says(&outcome.effects).collect();
    assert!(said.len() <= 3, "a turn says at most three messages, not {}", said.len());
    assert!(said.iter().filter(|(_, say)| !say.choices.is_empty()).count() <= 1, "one list of choices a turn");
    for (place, (message, say)) in said.iter().enumerate() {
        assert!(!say.pieces.is_empty(), "nothing is said without words");
        assert!(said[..place].iter().all(|(earlier, _)| earlier != message), "message ids differ");
        assert!(say.choices.len() <= 12, "{} choices", say.choices.len());
        for choice in &say.choices {
            assert!(choice.id.len() <= 64, "`{}` is too long for Telegram", choice.id);
        }
    }
    let opened = |kind: TicketKind| {
        outcome
            .effects
            .iter()
            .filter(|effect| matches!(effect, Effect::OpenTicket { kind: k, .. } if *k == kind))
            .count()
    };
    assert!(TicketKind::ALL.iter().all(|kind| opened(*kind) <= 1), "one ticket of a kind a turn");
    assert!(outcome.effects.len() <= 16, "{} effects", outcome.effects.len());
    let erases = outcome.effects.iter().position(|effect| matches!(effect, Effect::Erase));
    assert!(erases.is_none_or(|place| place + 1 == outcome.effects.len()), "destruction comes last");
}

/// What a turn says.
pub(crate) fn says(effects: &[Effect]) -> impl Iterator<Item = (&MessageId, &Say)> {
    effects.iter().filter_map(|effect| match effect {
        Effect::Say { message, say } => Some((message, say)),
        _ => None,
    })
}
