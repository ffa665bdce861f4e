-- What may be said. Not personal, so not sealed. After the first start this is the truth, not the files.

create table articles (
    id          text not null,
    locale      text not null,
    revision    bigint not null,
    status      text not null,              -- approved | draft-in-use | draft | retired
    file        text not null,              -- the whole article file: front matter and body
    file_hash   text not null,
    origin      text not null,              -- shipped | import
    author      text not null,
    created_at  bigint not null,
    approved_by text,
    approved_at bigint,
    primary key (id, locale, revision)
);

create table missions (
    country     text not null,
    city        text not null,
    city_ar     text,
    kind        text not null,
    status      text not null,
    use_instead text,
    checked_on  text,
    phone       text,
    email       text,
    url         text,
    source      text not null,
    primary key (country, city, kind)
);

create table mission_coverage (
    country     text primary key,
    covered_by  text not null,
    city        text not null,
    city_ar     text,
    source      text not null
);

-- Small facts of the installation: library revision, what was shipped.
create table facts (
    name        text primary key,
    value       text not null
);
