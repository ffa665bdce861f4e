//! Notices: what is to be told to whom, where it was tried, and what came of it.
use super::db::{Sql, on, on_rows, read, statements};
use super::rows::Rows;
use super::{Store, StoreError, Tx, Wake};
use crate::model::{
    ContactId, ConversationId, DeliveryId, DeliveryStatus, EventId, MessageId, NoticeKind, RequestId, Timestamp,
    TransportName,
};
use uuid::Uuid;

macro_rules! due {
    ($lock:literal) => {
        concat!(
            "select n.id, n.request_id, n.person, n.kind, n.matter, n.tries, n.due_at, k.opted_out_at, k.reminders_off_at
            from notices n left join contacts k on k.id = n.person where n.state in ('due', 'trying') and n.due_at <= $1
            order by n.due_at, n.id limit $2",
            $lock
        )
    };
}

/// The channels of a person's addresses on which a request was proved, in the order in which they are tried: the one they
/// wrote on last first. The web chat comes last: nobody may be looking.
macro_rules! by_preference {
    () => {
        "order by case when a.channel in ('webchat', 'terminal') then 1 else 0 end,
            coalesce((select max(i.seq) from inbox i where i.conversation_id = a.id and i.transport <> 'awasir'), 0) desc, a.id"
    };
}

statements! {
    DUE = Sql { sqlite: due!(""), postgres: due!(" for update of n skip locked") };
    PEOPLE = Sql::same("select distinct a.contact_id, k.opted_out_at from proofs p join addresses a on a.id = p.conversation_id
        join contacts k on k.id = a.contact_id where p.request_id = $1 and p.ended_at is null");
    PLACES = Sql::same(concat!("select a.id, a.channel, c.owner from proofs p join addresses a on a.id = p.conversation_id
        left join conversations c on c.id = a.id
        where p.request_id = $1 and a.contact_id = $2 and p.ended_at is null and a.unreachable_at is null ", by_preference!()));
    // A part that was given up because nobody knows may have gone through: it is still unknown here.
    TRIED = Sql::same("select t.place, t.target, t.event_id, t.outcome, t.at, i.status, d.id,
        case when d.status = 'failed' and d.error = 'outcome never known' then 'unknown' else d.status end, d.due_at, d.transport
        from notice_tries t left join inbox i on i.id = t.event_id
        left join messages m on m.conversation_id = t.target and m.event_id = t.event_id
        left join deliveries d on d.message_id = coalesce(m.id, t.message_id) where t.notice_id = $1 order by t.place, d.part");
    OUTCOME = Sql::same("update notice_tries set outcome = $3 where notice_id = $1 and place = $2 and outcome is null");
    OVERTAKEN = Sql::same("update deliveries set status = 'superseded', settled_at = $2 where id = $1 and status = 'queued'");
    TOLD = Sql::same("select count(*) from notices where request_id = $1 and matter = $2 and state = 'told'");
    ON_FILE_ELSEWHERE = Sql::same("select count(*) from notice_tries t join notices n on n.id = t.notice_id
        where n.request_id = $1 and n.matter = $2 and n.id <> $3 and t.event_id is null");
    BEGUN_ELSEWHERE = Sql::same("select count(*) from notices where person = $1 and matter = $2 and id <> $3 and tries > 0");
    RELEASE = Sql::same("update notices set state = 'due', due_at = $2
        where id in (select id from notices where batch = $1 and state = 'held' limit $3)");
    DROP = Sql::same("update notices set state = 'superseded' where batch = $1 and state = 'held'");
    HELD = Sql::same(concat!("select h.batch, h.place, count(*), min(h.made_at) from (select n.batch, n.made_at, coalesce(
            (select a.channel from proofs p join addresses a on a.id = p.conversation_id where p.request_id = n.request_id
                and a.contact_id = n.person and p.ended_at is null and a.unreachable_at is null ", by_preference!(), " limit 1),
            (select 'file: ' || min(f.kind) from request_contacts f where f.request_id = n.request_id and f.consent), 'nobody') as place
        from notices n where n.state = 'held') h group by h.batch, h.place order by h.batch, h.place"));
    STOP_QUEUED = Sql::same("update deliveries set status = 'superseded', settled_at = $2 where lane = 'notice' and status = 'queued'
        and conversation_id in (select id from addresses where contact_id = $1)");
    STOP = Sql::same("update notices set state = 'superseded' where person = $1 and state in ('held', 'due', 'trying')
        and ($2 = '' or kind = $2)");
    REMINDERS_OFF = Sql::same("update contacts set reminders_off_at = $2 where id = $1");
    SILENT = Sql::same("select distinct p.request_id, a.contact_id from proofs p join requests r on r.id = p.request_id
        join addresses a on a.id = p.conversation_id join contacts k on k.id = a.contact_id
        where r.stage in ('received', 'studying', 'completing', 'confirming', 'returned') and r.updated_at <= $1
        and p.ended_at is null and p.proved_at <= $1
        and a.unreachable_at is null and k.opted_out_at is null and k.reminders_off_at is null
        and not exists (select 1 from notices n where n.request_id = p.request_id and n.person = a.contact_id and n.made_at > $1)
        limit $2");
    BACKLOG = Sql::same("select count(*) from (select 1 from inbox where status = 0 and transport = 'awasir' limit $1) b");
}

const ADD: Rows = Rows {
    head: "insert into notices (id, request_id, person, kind, matter, state, batch, tries, due_at, made_at) values ",
    row: "(?, ?, ?, ?, ?, ?, ?, 0, ?, ?)",
    typed: None,
    tail: " on conflict (request_id, person, matter) do nothing",
};
const TRY: Rows = Rows {
    head: "insert into notice_tries (notice_id, place, target, event_id, message_id, at) values ",
    row: "(?, ?, ?, ?, ?, ?)",
    typed: None,
    tail: "",
};
const MOVE: Rows = Rows {
    head: "with v(id, state, tries, due_at, told_at) as (values ",
    row: "(?, ?, ?, ?, ?)",
    typed: Some("(?::uuid, ?::text, ?::int2, ?::int8, ?::int8)"),
    tail: ") update notices set state = v.state, tries = v.tries, due_at = v.due_at, told_at = v.told_at from v where notices.id = v.id",
};

/// A notice to keep, once under request, person and matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNotice {
    /// Its id.
    pub id: Uuid,
    /// The request it is about.
    pub request: RequestId,
    /// Who is told. None: whoever the request's file names.
    pub person: Option<ContactId>,
    /// What it says.
    pub kind: NoticeKind,
    /// What happened: the same is told once.
    pub matter: String,
    /// The batch that holds it. None: it is due.
    pub batch: Option<String>,
}

/// A notice whose time has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow {
    /// Its id.
    pub id: Uuid,
    /// The request it is about.
    pub request: RequestId,
    /// Who is told. None: whoever the request's file names.
    pub person: Option<ContactId>,
    /// What it says.
    pub kind: NoticeKind,
    /// What happened.
    pub matter: String,
    /// Places tried so far.
    pub tries: i16,
    /// When it was to be looked at.
    pub due_at: Timestamp,
    /// The person wants no messages they did not ask for, or none of this kind.
    pub unwanted: bool,
}

/// An address on which a notice could be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticePlace {
    /// The address.
    pub conversation: ConversationId,
    /// Its channel.
    pub channel: String,
    /// An officer has the conversation now.
    pub with_officer: bool,
}

/// A try that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTry {
    /// The notice.
    pub notice: Uuid,
    /// Which try, from 0.
    pub place: i16,
    /// A conversation, or a contact on file.
    pub target: Uuid,
    /// The event by which a conversation is told.
    pub event: Option<EventId>,
    /// The message that a transport carries to a contact on file.
    pub message: Option<MessageId>,
}

/// One try of a notice, and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeTry {
    /// Which try, from 0.
    pub place: i16,
    /// A conversation, or a contact on file.
    pub target: Uuid,
    /// When it began.
    pub at: Timestamp,
    /// The try was a conversation's: where its event stands in the inbox. None once erased.
    pub event: Option<(EventId, Option<i16>)>,
    /// What became of the letter to a contact on file. None while that is not known.
    pub outcome: Option<String>,
    /// The parts that said it: id, status, when due, transport.
    pub parts: Vec<(DeliveryId, DeliveryStatus, Timestamp, TransportName)>,
}

/// What becomes of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeMove {
    /// Which.
    pub id: Uuid,
    /// `due`, `trying`, `told`, `nobody`, `superseded`.
    pub state: &'static str,
    /// Places tried so far.
    pub tries: i16,
    /// When it is looked at next.
    pub due_at: Timestamp,
    /// When it was told.
    pub told_at: Option<Timestamp>,
}

/// Notices that wait to be released, of one batch on one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldNotices {
    /// The batch.
    pub batch: String,
    /// The channel; `file: telephone` for a contact on file; `nobody` where there is no way.
    pub channel: String,
    /// How many people.
    pub people: i64,
    /// Since when.
    pub since: Timestamp,
}

impl Store {
    /// Notices that wait to be released.
    pub async fn notices_held(&self) -> Result<Vec<HeldNotices>, StoreError> {
        let rows: Vec<(String, String, i64, i64)> = read!(self, HELD, |c, q| sqlx::query_as(q).fetch_all(c).await?);
        let held = |(batch, channel, people, since)| HeldNotices {
            batch,
            channel,
            people,
            since: Timestamp::from_micros(since),
        };
        Ok(rows.into_iter().map(held).collect())
    }
}

impl Tx {
    /// Keeps notices. One that is there already under its request, person and matter stays as it is.
    pub async fn notices_add(&mut self, all: &[NewNotice], now: Timestamp) -> Result<(), StoreError> {
        on_rows!(self, ADD, all, |query, one| query
            .bind(one.id)
            .bind(one.request.0)
            .bind(one.person.map_or(Uuid::nil(), |person| person.0))
            .bind(one.kind.as_str())
            .bind(&one.matter)
            .bind(if one.batch.is_some() { "held" } else { "due" })
            .bind(&one.batch)
            .bind(now.as_micros())
            .bind(now.as_micros()));
        if all.iter().any(|one| one.batch.is_none()) {
            self.wake(Wake::Notices);
        }
        Ok(())
    }

    /// Those on whose addresses a request was proved, and whether they asked for silence.
    pub async fn notice_people(&mut self, request: RequestId) -> Result<Vec<(ContactId, bool)>, StoreError> {
        let rows: Vec<(Uuid, Option<i64>)> =
            on!(self, PEOPLE, |c, q| sqlx::query_as(q).bind(request.0).fetch_all(c).await?);
        Ok(rows.into_iter().map(|(id, out)| (ContactId(id), out.is_some())).collect())
    }

    /// Notices whose time has come, the oldest first; no other process has them until the end of the transaction.
    pub async fn notices_due(&mut self, now: Timestamp, most: i64) -> Result<Vec<NoticeRow>, StoreError> {
        type Row = (Uuid, Uuid, Uuid, String, String, i16, i64, Option<i64>, Option<i64>);
        let rows: Vec<Row> =
            on!(self, DUE, |c, q| sqlx::query_as(q).bind(now.as_micros()).bind(most).fetch_all(c).await?);
        rows.into_iter()
            .map(|(id, request, person, kind, matter, tries, due_at, out, off)| {
                let kind = NoticeKind::parse(&kind).ok_or(StoreError::Word("notices.kind"))?;
                Ok(NoticeRow {
                    id,
                    request: RequestId(request),
                    person: (!person.is_nil()).then_some(ContactId(person)),
                    kind,
                    matter,
                    tries,
                    due_at: Timestamp::from_micros(due_at),
                    unwanted: out.is_some() || (off.is_some() && kind == NoticeKind::Reminder),
                })
            })
            .collect()
    }

    /// The addresses of a person on which a request was proved, in the order in which they are tried.
    pub async fn notice_places(
        &mut self,
        request: RequestId,
        person: ContactId,
    ) -> Result<Vec<NoticePlace>, StoreError> {
        type Row = (Uuid, String, Option<String>);
        let rows: Vec<Row> =
            on!(self, PLACES, |c, q| sqlx::query_as(q).bind(request.0).bind(person.0).fetch_all(c).await?);
        let place = |(id, channel, owner): Row| NoticePlace {
            conversation: ConversationId(id),
            channel,
            with_officer: owner.as_deref() == Some("officer"),
        };
        Ok(rows.into_iter().map(place).collect())
    }

    /// Where a notice was tried, in order.
    pub async fn notice_tries(&mut self, notice: Uuid) -> Result<Vec<NoticeTry>, StoreError> {
        type Row = (
            i16,
            Uuid,
            Option<Uuid>,
            Option<String>,
            i64,
            Option<i16>,
            Option<Uuid>,
            Option<String>,
            Option<i64>,
            Option<String>,
        );
        let rows: Vec<Row> = on!(self, TRIED, |c, q| sqlx::query_as(q).bind(notice).fetch_all(c).await?);
        let mut tries: Vec<NoticeTry> = Vec::new();
        for (place, target, event, outcome, at, waits, part, status, due_at, transport) in rows {
            if tries.last().is_none_or(|last| last.place != place) {
                let event = event.map(|id| (EventId(id), waits));
                let at = Timestamp::from_micros(at);
                tries.push(NoticeTry { place, target, at, event, outcome, parts: Vec::new() });
            }
            if let (Some(id), Some(status), Some(due), Some(by), Some(last)) =
                (part, status, due_at, transport, tries.last_mut())
            {
                let status = DeliveryStatus::parse(&status).ok_or(StoreError::Word("deliveries.status"))?;
                last.parts.push((DeliveryId(id), status, Timestamp::from_micros(due), TransportName::owned(by)));
            }
        }
        Ok(tries)
    }

    /// Writes down that notices are tried now.
    pub async fn notice_tries_begin(&mut self, all: &[NewTry], now: Timestamp) -> Result<(), StoreError> {
        on_rows!(self, TRY, all, |query, one| query
            .bind(one.notice)
            .bind(one.place)
            .bind(one.target)
            .bind(one.event.map(|event| event.0))
            .bind(one.message.map(|message| message.0))
            .bind(now.as_micros()));
        Ok(())
    }

    /// Writes down what became of a letter to a contact on file, and looks at the notice again.
    pub async fn notice_outcome(&mut self, notice: Uuid, place: i16, outcome: &str) -> Result<(), StoreError> {
        on!(self, OUTCOME, |c, q| sqlx::query(q).bind(notice).bind(place).bind(outcome).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Writes down what becomes of notices.
    pub async fn notices_move(&mut self, all: &[NoticeMove]) -> Result<(), StoreError> {
        on_rows!(self, MOVE, all, |query, one| query
            .bind(one.id)
            .bind(one.state)
            .bind(one.tries)
            .bind(one.due_at.as_micros())
            .bind(one.told_at.map(Timestamp::as_micros)));
        Ok(())
    }

    /// Whether anybody has been told of this matter of a request.
    pub async fn notice_told(&mut self, request: RequestId, matter: &str) -> Result<bool, StoreError> {
        let (count,): (i64,) =
            on!(self, TOLD, |c, q| sqlx::query_as(q).bind(request.0).bind(matter).fetch_one(c).await?);
        Ok(count > 0)
    }

    /// Whether another person's notice of this matter was tried on a contact in the request's file.
    pub async fn notice_on_file_elsewhere(
        &mut self,
        notice: Uuid,
        request: RequestId,
        matter: &str,
    ) -> Result<bool, StoreError> {
        let (count,): (i64,) = on!(self, ON_FILE_ELSEWHERE, |c, q| sqlx::query_as(q)
            .bind(request.0)
            .bind(matter)
            .bind(notice)
            .fetch_one(c)
            .await?);
        Ok(count > 0)
    }

    /// Whether a person is being told, or was, of the same matter in another request of theirs.
    pub async fn notice_begun_elsewhere(
        &mut self,
        notice: Uuid,
        person: ContactId,
        matter: &str,
    ) -> Result<bool, StoreError> {
        let (count,): (i64,) = on!(self, BEGUN_ELSEWHERE, |c, q| sqlx::query_as(q)
            .bind(person.0)
            .bind(matter)
            .bind(notice)
            .fetch_one(c)
            .await?);
        Ok(count > 0)
    }

    /// Takes back a part that has not left: its notice was told elsewhere, or is told elsewhere now.
    pub async fn delivery_overtaken(&mut self, part: DeliveryId, now: Timestamp) -> Result<(), StoreError> {
        on!(self, OVERTAKEN, |c, q| sqlx::query(q).bind(part.0).bind(now.as_micros()).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Makes at most `most` notices of a held batch due. Returns how many.
    pub async fn notices_release(&mut self, batch: &str, now: Timestamp, most: i64) -> Result<u64, StoreError> {
        let done = on!(self, RELEASE, |c, q| sqlx::query(q)
            .bind(batch)
            .bind(now.as_micros())
            .bind(most)
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?;
        if done > 0 {
            self.wake(Wake::Notices);
        }
        Ok(done)
    }

    /// Forgets a held batch. Returns how many notices it had.
    pub async fn notices_drop(&mut self, batch: &str) -> Result<u64, StoreError> {
        Ok(on!(self, DROP, |c, q| sqlx::query(q).bind(batch).execute(c).await.map(|done| done.rows_affected()))?)
    }

    /// Takes back everything of `only` (of all kinds where that is None) that a person is still to be told.
    pub async fn notices_stop(
        &mut self,
        person: ContactId,
        only: Option<NoticeKind>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let kind = only.map_or("", NoticeKind::as_str);
        on!(self, STOP, |c, q| sqlx::query(q).bind(person.0).bind(kind).execute(c).await.map(drop))?;
        if only.is_none() {
            on!(self, STOP_QUEUED, |c, q| {
                sqlx::query(q).bind(person.0).bind(now.as_micros()).execute(c).await.map(drop)
            })?;
        }
        Ok(())
    }

    /// Keeps since when a person wants no reminders. None: they are welcome.
    pub async fn reminders_off(&mut self, person: ContactId, since: Option<Timestamp>) -> Result<(), StoreError> {
        let since = since.map(Timestamp::as_micros);
        on!(self, REMINDERS_OFF, |c, q| sqlx::query(q).bind(person.0).bind(since).execute(c).await.map(drop))?;
        Ok(())
    }

    /// Requests of which somebody who proved them has heard nothing since `since`, and who may be reminded.
    pub async fn notices_silent(
        &mut self,
        since: Timestamp,
        most: i64,
    ) -> Result<Vec<(RequestId, ContactId)>, StoreError> {
        let rows: Vec<(Uuid, Uuid)> =
            on!(self, SILENT, |c, q| sqlx::query_as(q).bind(since.as_micros()).bind(most).fetch_all(c).await?);
        Ok(rows.into_iter().map(|(request, person)| (RequestId(request), ContactId(person))).collect())
    }

    /// Whether `most` events of ours, or more, wait to be stepped.
    pub async fn inbox_is_full_of_ours(&mut self, most: i64) -> Result<bool, StoreError> {
        let (count,): (i64,) = on!(self, BACKLOG, |c, q| sqlx::query_as(q).bind(most).fetch_one(c).await?);
        Ok(count >= most)
    }
}
