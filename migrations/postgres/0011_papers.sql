-- Papers that people send: the files, and why one went back.

alter table request_papers add column reason bytea;   -- sealed: why it went back, told to the person after proof

-- A row stands before its file is written and goes after it is deleted, so that no file is ever without one.
create table paper_files (
    id          uuid primary key,         -- the file's name, and what its bytes are sealed for
    request_id  uuid not null references requests (id),
    paper       text not null,              -- the name in request_papers
    conversation_id uuid references addresses (id),  -- null once erased
    hash        bytea not null,            -- keyed hash of the bytes that came: the same file twice is one
    form        text not null,              -- jpeg | png | pdf; in quarantine: what came
    bytes       bigint not null,
    state       text not null,              -- writing | unscanned | clean | infected | going
    received_at bigint not null,
    unique (request_id, paper, hash)
);
create index paper_files_conversation on paper_files (conversation_id);
create index paper_files_state on paper_files (state, received_at);
