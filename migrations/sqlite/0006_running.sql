-- What running processes share.

-- Who may do a thing that only one process may do: pull a mailbox, sweep.
create table leases (
    name        text primary key,
    holder      blob not null,
    until       bigint not null
);

-- Where a pulled transport goes on.
create table cursors (
    transport   text not null,
    account     text not null,
    value       text not null,
    primary key (transport, account)
);

create table chat_sessions (
    id          blob primary key,
    created_at  bigint not null,
    last_seen_at bigint not null,
    ended_at    bigint
);
create index chat_sessions_seen on chat_sessions (last_seen_at);
