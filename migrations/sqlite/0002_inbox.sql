-- What platforms delivered, and what is to be stepped through the engine.

-- Raw bodies, sealed; the body is purged after ENVELOPE_DAYS, the row stays.
create table envelopes (
    id          blob primary key,
    transport   text not null,
    account     text not null,
    received_at bigint not null,
    body        blob,                     -- sealed; null once purged
    reason      text                        -- why it was not understood; null where it was
);
create index envelopes_unpurged on envelopes (received_at) where body is not null;

-- One row an event. (transport, account, external_id) catches a platform's repeats for ever.
create table inbox (
    seq         integer primary key autoincrement,                   -- order within a conversation; given under the address's lock
    id          blob not null unique,
    conversation_id blob,                 -- null once erased
    envelope_id blob,
    transport   text not null,
    account     text not null,
    external_id text not null,
    event       blob,                     -- sealed EventKind; null once purged or erased
    received_at bigint not null,
    due_at      bigint not null,
    status      smallint not null,          -- 0 waits, 1 done, 2 parked (an officer was told)
    attempts    smallint not null,
    done_at     bigint,
    unique (transport, account, external_id)
);
create index inbox_waiting on inbox (conversation_id, seq) where status = 0;
create index inbox_due on inbox (seq) where status = 0;
create index inbox_conversation on inbox (conversation_id, seq);

-- The turn log: enough to step the same event again and compare.
create table turns (
    seq         integer primary key autoincrement,
    inbox_seq   bigint not null,
    event_id    blob not null unique,
    conversation_id blob,
    number      bigint not null,            -- the conversation's step count before it
    stepped_at  bigint not null,
    library_revision bigint not null,
    settings_revision text not null,
    model_revision text not null,
    salt        integer not null,
    answers     blob,                     -- sealed answers of the database to the engine's queries; null where none
    outcome     blob not null,            -- hash of state and effects: what a replay must come to
    decided     text,                       -- answered | offered | chosen | not_understood | urgent
    article     text,
    confidence  real
);
create index turns_conversation on turns (conversation_id, seq);

create table timers (
    conversation_id blob not null references addresses (id),
    name        text not null,
    due_at      bigint not null,
    primary key (conversation_id, name)
);
create index timers_due on timers (due_at);
