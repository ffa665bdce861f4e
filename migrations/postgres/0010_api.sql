-- The keys of other systems, and what their calls came to.

create table api_keys (
    id          uuid primary key,
    name        text not null,
    owner       text not null,              -- ministry | embassy | association
    scopes      text not null,              -- words with spaces between
    hash        bytea not null unique,      -- keyed hash of the key: the key itself is nowhere
    created_at  bigint not null,
    expires_at  bigint,
    revoked_at  bigint,
    last_used_at bigint                     -- to the minute
);

-- Calls under an Idempotency-Key: the row comes first, in the transaction of the change, so that it happens once.
create table api_calls (
    id          uuid primary key,
    key_id      uuid not null references api_keys (id),
    hash        bytea not null,             -- keyed hash of the Idempotency-Key
    fingerprint bytea not null,             -- keyed hash of method, path and body
    answer      bytea,                      -- sealed: what it came to
    called_at   bigint not null,
    unique (key_id, hash)
);
create index api_calls_called on api_calls (called_at);

-- Lists in the order of the last change, of all requests, of a stage, of an embassy's number.
create index requests_updated on requests (updated_at, id);
create index requests_stage_updated on requests (stage, updated_at, id);
