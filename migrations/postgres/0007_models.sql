-- Trained models of understanding, so that a start does not train again. Made from articles alone: nothing personal.
-- In parts, so that nobody holds a whole one in memory three times.
create table models (
    fingerprint text not null,
    part        integer not null,
    made_at     bigint not null,
    bytes       bytea not null,
    primary key (fingerprint, part)
);
