-- A person who only calls or comes has no address; the name is sealed, its words are found by keyed hash.
alter table contacts add column name blob;
create table contact_words (
    contact_id  blob not null references contacts (id),
    hash        blob not null,
    primary key (contact_id, hash)
);
create index contact_words_hash on contact_words (hash);

-- What came or went by staffed channels, in staff's words, on the same timeline as messages.
create table contact_log (
    id          blob primary key,
    contact_id  blob references contacts (id), -- null once erased
    request_id  blob references requests (id),
    channel     text not null,              -- telephone | letter | interview | embassy
    direction   text not null,              -- in | out
    officer     text not null,
    body        blob,                     -- sealed; null once erased
    at          bigint not null
);
create index contact_log_contact on contact_log (contact_id, at);
create index contact_log_request on contact_log (request_id, at);

-- Tasks about news that wait for the release of their import.
create table held_calls (
    batch       text not null,
    request_id  blob not null references requests (id),
    primary key (batch, request_id)
);
create index tickets_contact on tickets (contact_id) where contact_id is not null;
