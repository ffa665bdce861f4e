-- People, their addresses and conversations. Personal text is sealed (XChaCha20-Poly1305, key id in front, row id as
-- associated data); what must be found again is found by keyed hash. Times are microseconds since 1970 UTC.

create table contacts (
    id          blob primary key,
    locale      text,                       -- language of answers; null until known
    created_at  bigint not null,
    opted_out_at bigint                     -- since when no message nobody asked for may be sent
) without rowid;

-- (channel, account, stable id of the person on it). Never merged by a guess: two join one contact only by proof.
create table addresses (
    id          blob primary key,
    contact_id  blob not null references contacts (id),
    channel     text not null,
    transport   text not null,
    account     text not null,
    hash        blob not null unique,     -- keyed hash of channel, account and value
    value       blob not null,            -- sealed
    profile     blob,                     -- sealed: name, handle, language as the platform gives them
    created_at  bigint not null,
    unreachable_at bigint                   -- blocked, left, no such user
) without rowid;
create index addresses_contact on addresses (contact_id);

-- One conversation an address, with the address's id.
create table conversations (
    id          blob primary key references addresses (id),
    state       blob not null,            -- sealed engine state
    owner       text not null,              -- 'bot' or 'officer': readable without opening the state
    turns       bigint not null,
    updated_at  bigint not null
);

create table consents (
    id          blob primary key,
    contact_id  blob not null references contacts (id),
    channel     text not null,
    kind        text not null,              -- informed | keep-ticket
    text_version text not null,
    given_at    bigint not null,
    withdrawn_at bigint
);
create index consents_contact on consents (contact_id);
