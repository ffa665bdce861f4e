-- Messages that nobody asked for just now: one row a person and matter, whatever channel carries it in the end.

create table notices (
    id          uuid primary key,
    request_id  uuid not null references requests (id),
    person      uuid not null,            -- the contact; all zeroes: whoever the request's file names
    kind        text not null,              -- update | reminder
    matter      text not null,              -- what happened; with request and person the key under which it is told once
    state       text not null,              -- held | due | trying | told | nobody | superseded
    batch       text,                       -- under which an import's notices are held
    tries       smallint not null,          -- places tried so far
    due_at      bigint not null,            -- when it is looked at next
    made_at     bigint not null,
    told_at     bigint,
    unique (request_id, person, matter)
);
create index notices_due on notices (due_at) where state in ('due', 'trying');
create index notices_batch on notices (batch) where state = 'held';
create index notices_person on notices (person);
create index notices_told on notices (request_id, person, told_at) where told_at is not null;

-- Where a notice was tried: an address of the person's, or a contact on file.
create table notice_tries (
    notice_id   uuid not null references notices (id),
    place       smallint not null,
    target      uuid not null,            -- a conversation, or a row of request_contacts
    event_id    uuid,                     -- by which the conversation was told; null for a contact on file
    message_id  uuid,                     -- of what a transport carries to a contact on file
    outcome     text,                       -- of a mail to a contact on file: accepted | failed; null while it is not known
    at          bigint not null,
    primary key (notice_id, place)
);

-- Where its person lives, for the hours in which nobody is woken; only notices have it.
alter table deliveries add column country text;

-- The person wants no reminders, but news all the same.
alter table contacts add column reminders_off_at bigint;

-- What an import still held.
insert into notices (id, request_id, person, kind, matter, state, batch, tries, due_at, made_at)
    select gen_random_uuid(), h.request_id, a.contact_id, 'update', 'batch:' || h.batch, 'held', h.batch, 0, min(h.held_at), min(h.held_at)
    from held_notices h join addresses a on a.id = h.conversation_id group by h.batch, h.request_id, a.contact_id;
drop table held_notices;
