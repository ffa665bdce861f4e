-- People whose file is with the association: numbers they wait for, numbers that their channel vouches for, codes on their way.

-- "Tell me when it reaches you": the number is kept as a keyed hash only.
create table watches (
    conversation_id blob not null references addresses (id),
    hash        blob not null,            -- keyed hash of the reference's key
    set_at      bigint not null,
    expires_at  bigint not null,
    fired_at    bigint,                     -- once; null while it waits
    batch       text,                       -- of the import whose notices wait to be released
    request_id  blob references requests (id), -- what fired it
    primary key (conversation_id, hash)
);
create index watches_hash on watches (hash) where fired_at is null;
create index watches_batch on watches (batch) where batch is not null;

-- Telephones and e-mails that a channel itself vouches for, as the keyed hashes by which contacts on file are found.
create table attested_contacts (
    conversation_id blob not null references addresses (id),
    hash        blob not null,
    attested_at bigint not null,
    primary key (conversation_id, hash)
);

-- Codes sent for a request, without whom they were sent for: an erasure must not fill the budget anew.
create table code_budgets (
    id          blob primary key,
    request_id  blob not null references requests (id),
    pool        text not null,              -- known | web | other
    spent_at    bigint not null
);
create index code_budgets_request on code_budgets (request_id, spent_at);

-- A code on its way is a delivery like any other; its text goes as soon as it is used or over.
alter table proof_codes add column delivery_id blob;
create index deliveries_codes on deliveries (created_at) where lane = 'code' and payload is not null;

-- The request that a task for staff is about.
alter table tickets add column request_id blob;
create index tickets_request on tickets (request_id) where request_id is not null;
