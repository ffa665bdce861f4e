//! Notices: messages that nobody asked for just now. One row a person and matter, told in one place: the address they wrote on
//! last, else their next one, else the contact on file, else a task for staff. On every channel they say only that there is
//! something to see.
use super::intake::our_event;
use super::state::App;
use crate::model::{ContactId, EventKind, NoticeKind, RequestId, Timestamp};
use crate::settings::{Reader, Setting};
use crate::store::{NewEvent, NewNotice, NewTry, NoticeMove, NoticeRow, StoreError, Tx};
use judge::{Verdict, judge, waiting_parts};
use std::collections::HashSet;
use std::time::Duration;

mod file;
mod judge;
mod silence;

/// Notices looked at in one transaction.
const GROUP: i64 = 128;
/// Events of ours that may wait to be stepped: a mass notice must not stand before what people ask.
const BACKLOG: i64 = 192;
/// Notices of a batch released in one transaction.
const RELEASED: i64 = 500;
/// What the matter of a batch's notices begins with.
const BATCH: &str = "batch:";
/// A person who talks to an officer is told later.
const OFFICER: Duration = Duration::from_hours(1);

const FALLBACK_MINUTES: Setting = Setting {
    name: "NOTICE_FALLBACK_MINUTES",
    default: Some("30"),
    form: "minutes, 10 or more",
    help: "A notice that has not arrived after this long is told on the person's next channel.",
    secret: false,
};
const HEARTBEAT_DAYS: Setting = Setting {
    name: "HEARTBEAT_DAYS",
    default: Some("14"),
    form: "days, 0 for never",
    help: "After this long without news people are told that their request is not forgotten; they can stop it.",
    secret: false,
};
/// All of them.
pub(super) const SETTINGS: &[Setting] = &[FALLBACK_MINUTES, HEARTBEAT_DAYS];

/// How patient notices are.
#[derive(Debug, Clone, Copy)]
pub struct NoticeSettings {
    /// After this long without an arrival the next place is tried.
    pub fallback: Duration,
    /// After this long without news people hear that they are not forgotten. None: never.
    pub heartbeat: Option<Duration>,
}

impl NoticeSettings {
    /// Reads them. Problems are collected in the reader.
    pub fn read(reader: &mut Reader) -> Self {
        let minutes =
            reader.parse_with(&FALLBACK_MINUTES, |text| text.parse::<u64>().ok().filter(|least| *least >= 10));
        let days = reader.parse_with(&HEARTBEAT_DAYS, |text| text.parse::<u64>().ok()).unwrap_or(0);
        Self {
            fallback: Duration::from_secs(minutes.unwrap_or(30) * 60),
            heartbeat: (days > 0).then(|| Duration::from_secs(days * 24 * 60 * 60)),
        }
    }
}

/// What a round of notices came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticesRound {
    /// So many were looked at.
    Done(usize),
    /// Enough of them wait to be stepped already.
    Busy,
}

/// What a round writes.
#[derive(Default)]
struct Plan {
    events: Vec<NewEvent>,
    tries: Vec<NewTry>,
    moves: Vec<NoticeMove>,
    letters: Vec<file::Letter>,
    /// Who is told of which batch in this round.
    batches: HashSet<(ContactId, String)>,
}

impl App {
    /// Lets those whose request it is know that something happened to it: now, or when the batch `hold` is released.
    /// The one door for news, whoever reports it.
    pub(super) async fn tell_news(
        &self,
        tx: &mut Tx,
        request: RequestId,
        kind: NoticeKind,
        hold: Option<&str>,
    ) -> Result<(), StoreError> {
        let now = self.clock().now();
        let people = tx.notice_people(request).await?;
        let matter = match hold {
            // Several changes of one file are told once.
            Some(batch) => format!("{BATCH}{batch}"),
            None => format!("{kind}:{}", now.as_micros()),
        };
        let notice = |person| NewNotice {
            id: self.clock().id(),
            request,
            person,
            kind,
            matter: matter.clone(),
            batch: hold.map(str::to_owned),
        };
        // Whoever asked for silence is not reached by the contact on file instead.
        let told: Vec<NewNotice> = if people.is_empty() {
            let reachable = tx.request_contacts(request).await?.iter().any(|contact| contact.consent);
            reachable.then(|| notice(None)).into_iter().collect()
        } else {
            people.into_iter().filter(|(_, silent)| !silent).map(|(person, _)| notice(Some(person))).collect()
        };
        tx.notices_add(&told, now).await
    }

    /// The ways on which news of a request would be tried first, one a person: a channel, or `file: telephone`. None for
    /// somebody whom nothing reaches.
    pub(super) async fn ways_of_news(
        &self,
        tx: &mut Tx,
        request: RequestId,
    ) -> Result<Vec<Option<String>>, StoreError> {
        let people = tx.notice_people(request).await?;
        let contacts = tx.request_contacts(request).await?;
        let file = contacts.iter().filter(|contact| contact.consent && self.carrier(contact.kind).is_some());
        let file = file.map(|contact| format!("file: {}", contact.kind)).next();
        if people.is_empty() {
            return Ok(vec![file]);
        }
        let mut ways = Vec::with_capacity(people.len());
        for (person, _) in people.into_iter().filter(|(_, silent)| !silent) {
            let place = tx.notice_places(request, person).await?.into_iter().next();
            ways.push(place.map(|place| place.channel).or_else(|| file.clone()));
        }
        Ok(ways)
    }

    /// Looks at notices whose time has come: tells them, or tries their next place.
    ///
    /// # Errors
    /// Where the database does not answer; what was due is due on.
    pub async fn run_notices(&self) -> Result<NoticesRound, StoreError> {
        let now = self.clock().now();
        let mut tx = self.store().begin().await?;
        if tx.inbox_is_full_of_ours(BACKLOG).await? {
            return Ok(NoticesRound::Busy);
        }
        let due = tx.notices_due(now, GROUP).await?;
        if due.is_empty() {
            return Ok(NoticesRound::Done(0));
        }
        let mut plan = Plan::default();
        for notice in &due {
            self.plan(&mut tx, notice, now, &mut plan).await?;
        }
        tx.inbox_insert(&[], &plan.events).await?;
        tx.notice_tries_begin(&plan.tries, now).await?;
        tx.notices_move(&plan.moves).await?;
        tx.commit().await?;
        for letter in plan.letters {
            self.send_letter(letter).await?;
        }
        Ok(NoticesRound::Done(due.len()))
    }

    /// Decides one notice.
    async fn plan(&self, tx: &mut Tx, notice: &NoticeRow, now: Timestamp, plan: &mut Plan) -> Result<(), StoreError> {
        let moved = |state, tries, due_at, told_at| NoticeMove { id: notice.id, state, tries, due_at, told_at };
        let tries = if notice.tries > 0 { tx.notice_tries(notice.id).await? } else { Vec::new() };
        let verdict = judge(&tries, (notice.due_at, now), self.settings().notices.fallback);
        if let Verdict::Wait(until) = verdict {
            plan.moves.push(moved("trying", notice.tries, until, None));
            return Ok(());
        }
        // Told, unwanted, or told elsewhere from now on: what has not left stays.
        for part in waiting_parts(&tries) {
            tx.delivery_overtaken(part, now).await?;
        }
        if verdict == Verdict::Told || notice.unwanted {
            let told = verdict == Verdict::Told;
            let state = if told { "told" } else { "superseded" };
            plan.moves.push(moved(state, notice.tries, now, told.then_some(now)));
            return Ok(());
        }
        if notice.kind == NoticeKind::Decision && notice.tries == 0 {
            self.decision_task(tx, notice).await?;
        }
        if self.told_with_batch(tx, notice, plan).await? {
            plan.moves.push(moved("superseded", notice.tries, now, None));
            return Ok(());
        }
        let places = match notice.person {
            Some(person) => tx.notice_places(notice.request, person).await?,
            None => Vec::new(),
        };
        let fresh = places.iter().find(|place| tries.iter().all(|tried| tried.target != place.conversation.0));
        if fresh.is_some_and(|place| place.with_officer) {
            plan.moves.push(moved("due", notice.tries, now + OFFICER, None));
            return Ok(());
        }
        let Some(place) = fresh else { return self.plan_on_file(tx, notice, &tries, now, plan).await };
        let country = tx.request_country(notice.request).await?;
        let kind = EventKind::RequestNews { kind: notice.kind, country };
        let key = format!("notice:{}:{}", notice.id, notice.tries);
        let event = our_event(&**self.clock(), place.conversation, key, kind);
        plan.tries.push(NewTry {
            notice: notice.id,
            place: notice.tries,
            target: place.conversation.0,
            event: Some(event.id),
            message: None,
        });
        plan.moves.push(moved("trying", notice.tries + 1, now + judge::FIRST_LOOK, None));
        plan.events.push(event);
        plan.batches.extend(notice.person.map(|person| (person, notice.matter.clone())));
        Ok(())
    }

    /// Whether one message tells this person of all their requests in a batch, and another notice is that message: the words
    /// are the same for each request.
    async fn told_with_batch(&self, tx: &mut Tx, notice: &NoticeRow, plan: &Plan) -> Result<bool, StoreError> {
        let Some(person) = notice.person.filter(|_| notice.tries == 0 && notice.matter.starts_with(BATCH)) else {
            return Ok(false);
        };
        let in_this_round = plan.batches.contains(&(person, notice.matter.clone()));
        Ok(in_this_round || tx.notice_begun_elsewhere(notice.id, person, &notice.matter).await?)
    }

    /// Lets everybody of a held batch know, each once, or nobody where `tell` is not set. Returns how many there were.
    ///
    /// # Errors
    /// Where the database does not answer; what was not released by then is held on.
    pub async fn notices_release(&self, batch: &str, officer: &str, tell: bool) -> Result<usize, StoreError> {
        let now = self.clock().now();
        let mut count = 0;
        loop {
            let mut tx = self.store().begin().await?;
            let done =
                if tell { tx.notices_release(batch, now, RELEASED).await? } else { tx.notices_drop(batch).await? };
            count += usize::try_from(done).unwrap_or(usize::MAX);
            let last = !tell || done == 0;
            if last {
                count += self.release_watches(&mut tx, batch, tell).await?.len();
                let action = if tell { "notices-release" } else { "notices-drop" };
                tx.audit(&**self.clock(), &format!("officer:{officer}"), action, batch).await?;
            }
            // In groups: SQLite's one writer is not held from those who ask something meanwhile.
            tx.commit().await?;
            if last {
                return Ok(count);
            }
        }
    }
}
