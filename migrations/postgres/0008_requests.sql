-- Aid requests on their route, as the association, the Ministry or an embassy report them.

create table requests (
    id          uuid primary key,
    reference   text not null,              -- as the association writes it
    folded      text not null unique,       -- letters and digits only: what a person's spelling is compared with
    embassy_reference text,
    embassy_folded text,
    stage       text not null,
    holder      text not null,
    ruling      text,                       -- accepted | refused, once decided
    since       bigint not null,            -- of the stage
    source      text not null,              -- of the stage: import | api | embassy | ministry | officer:<name>
    received_at bigint,                     -- by the association
    country     text,
    applicant   bytea,                     -- sealed: the name in the file
    created_at  bigint not null,
    updated_at  bigint not null
);
create index requests_embassy on requests (embassy_folded) where embassy_folded is not null;
create index requests_stage on requests (stage, since);

-- Every stage that was reported, in the order in which we learnt of it.
create table request_stages (
    id          uuid primary key,
    request_id  uuid not null references requests (id),
    stage       text not null,
    holder      text not null,
    ruling      text,
    at          bigint not null,            -- when it happened
    source      text not null,
    note        bytea,                     -- sealed: for staff
    recorded_at bigint not null
);
create index request_stages_request on request_stages (request_id, recorded_at);

create table request_papers (
    request_id  uuid not null references requests (id),
    kind        text not null,              -- the name staff give it
    state       text not null,              -- missing | received | accepted | returned
    since       bigint not null,
    source      text not null,
    primary key (request_id, kind)
);

-- Telephones and e-mails that a file brought: no addresses until proved.
create table request_contacts (
    id          uuid primary key,
    request_id  uuid not null references requests (id),
    kind        text not null,              -- telephone | email
    value       bytea not null,            -- sealed
    hash        bytea not null,            -- keyed hash of kind and value
    consent     boolean not null,           -- the association recorded that it may be written to
    recorded_at bigint not null,
    unique (request_id, hash)
);
create index request_contacts_hash on request_contacts (hash);

-- Numbers that count up, such as that of the references made here.
create table counters (
    name        text primary key,
    value       bigint not null
);
