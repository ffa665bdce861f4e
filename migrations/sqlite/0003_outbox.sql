-- What is said, in parts, and what became of each.

create table messages (
    id          blob primary key,         -- derived from event and place: the key under which it is told once
    conversation_id blob,
    event_id    blob,                     -- the event it answers
    lane        text not null,
    origin      text not null,              -- bot | officer | notice
    article     text,
    article_revision bigint,
    created_at  bigint not null
) without rowid;
create index messages_conversation on messages (conversation_id, created_at);

create table deliveries (
    seq         integer primary key autoincrement,
    id          blob not null unique,
    message_id  blob not null,
    conversation_id blob,
    transport   text not null,
    account     text not null,
    lane        text not null,
    part        smallint not null,
    payload     blob,                     -- sealed OutboundPart; null once purged or erased
    status      text not null,              -- queued | sending | unknown | sent | delivered | read | failed | superseded
    attempt     integer not null,           -- written before the call
    attempted_at bigint,
    due_at      bigint not null,
    lease_until bigint,                     -- whoever claimed it has until then
    provider_id text,
    maybe_repeated boolean not null,        -- sent once more after an unknown outcome
    error       text,
    created_at  bigint not null,
    settled_at  bigint
);
create index deliveries_order on deliveries (conversation_id, seq) where status in ('queued', 'sending');
create index deliveries_replies on deliveries (transport, seq) where status = 'queued' and lane <> 'notice';
create index deliveries_notices on deliveries (transport, seq) where status = 'queued' and lane = 'notice';
create index deliveries_sending on deliveries (lease_until) where status = 'sending';
create index deliveries_unknown on deliveries (due_at) where status = 'unknown';
create index deliveries_provider on deliveries (transport, account, provider_id) where provider_id is not null;
create index deliveries_message on deliveries (message_id);
create index deliveries_conversation on deliveries (conversation_id, seq);

-- Every try that ended, accepted or not.
create table attempts (
    delivery_id blob not null,
    attempt     integer not null,
    started_at  bigint not null,
    ended_at    bigint not null,
    outcome     text not null,              -- accepted | retry | unknown | rejected | gone | window_closed | misconfigured | lost
    detail      text,
    primary key (delivery_id, attempt)
) without rowid;

-- Receipts that came before their message was known; joined later.
create table receipts (
    id          blob primary key,
    transport   text not null,
    account     text not null,
    provider_id text not null,
    kind        text not null,
    at          bigint not null,
    code        text,
    received_at bigint not null
);
create index receipts_provider on receipts (transport, account, provider_id);

-- An account that must not be written to before a moment: 429 for all, a dead token.
create table pauses (
    transport   text not null,
    account     text not null,
    until       bigint not null,
    reason      text not null,
    primary key (transport, account)
);
