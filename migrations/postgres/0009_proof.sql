-- How people show that a request is theirs, and on which address. Nobody learns before it whether a reference exists.

-- References that somebody named: looked up by a worker, so that the turn that answers is the same for all.
create table proof_asks (
    id          uuid primary key,
    conversation_id uuid not null references addresses (id),
    keys        bytea not null,            -- sealed: what the references are compared by
    locale      text not null,              -- of the code's message
    asked_at    bigint not null,
    done_at     bigint
);
create index proof_asks_waiting on proof_asks (asked_at) where done_at is null;
create index proof_asks_conversation on proof_asks (conversation_id);

-- One-time codes, as keyed hashes.
create table proof_codes (
    id          uuid primary key,
    conversation_id uuid not null references addresses (id),
    request_id  uuid not null references requests (id),
    hash        bytea not null,
    sent_at     bigint not null,
    expires_at  bigint not null,
    tries       smallint not null,
    used_at     bigint
);
create index proof_codes_conversation on proof_codes (conversation_id, expires_at);
create index proof_codes_request on proof_codes (request_id, sent_at);

-- Wrong codes of an address, and until when it may try none.
create table proof_locks (
    conversation_id uuid primary key references addresses (id),
    failures    smallint not null,          -- since the last lock or success
    level       smallint not null,          -- how often it was locked
    until       bigint
);

create table proofs (
    conversation_id uuid not null references addresses (id),
    request_id  uuid not null references requests (id),
    method      text not null,              -- code | officer:<name>
    proved_at   bigint not null,
    expires_at  bigint not null,
    ended_at    bigint,                     -- unlinked by the person
    primary key (conversation_id, request_id)
);
create index proofs_request on proofs (request_id);

-- Notices of an import that wait until an officer releases them.
create table held_notices (
    batch       text not null,
    conversation_id uuid not null references addresses (id),
    request_id  uuid not null references requests (id),
    held_at     bigint not null,
    primary key (batch, conversation_id, request_id)
);
create index held_notices_conversation on held_notices (conversation_id);
