-- Matters for officers, and what people said of the answers.

create table tickets (
    id          blob primary key,
    reference   text not null unique,       -- told to the person: 4821-7360
    conversation_id blob,
    contact_id  blob,
    channel     text not null,
    kind        text not null,
    urgency     text not null,
    topic       text,                       -- a word for staff; never the person's own
    status      text not null,              -- open | taken | closed
    officer     text,
    created_at  bigint not null,
    taken_at    bigint,
    closed_at   bigint,
    notify_at   bigint,                     -- when staff are next told of it; null once taken
    notified    integer not null            -- times staff were told
);
create index tickets_open on tickets (status, created_at);
create index tickets_conversation on tickets (conversation_id);
create index tickets_notify on tickets (notify_at) where notify_at is not null;

create table ticket_entries (
    id          blob primary key,
    ticket_id   blob not null references tickets (id),
    at          bigint not null,
    author      text not null,              -- person | officer:<name> | system
    body        blob                      -- sealed; null once erased
);
create index ticket_entries_ticket on ticket_entries (ticket_id, at);

create table ratings (
    message_id  blob primary key,         -- the answer rated; a later rating takes the place of the first
    conversation_id blob,
    article     text not null,
    revision    bigint not null,
    score       smallint not null,          -- 1 helped, 0 did not
    at          bigint not null
);
create index ratings_article on ratings (article);

-- Who did what to whose data: exports, erasures, approvals.
create table audit (
    id          blob primary key,
    at          bigint not null,
    actor       text not null,
    action      text not null,
    subject     text not null               -- ids only
);

-- Conversations that were erased: ids only, so that a replay can say why their text is gone.
create table erasures (
    conversation_id blob primary key,
    at          bigint not null
);
