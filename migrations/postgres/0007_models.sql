-- Trained models of understanding, so that a start does not train again. Made from articles alone: nothing personal.
create table models (
    fingerprint text primary key,
    made_at     bigint not null,
    model       bytea not null
);
