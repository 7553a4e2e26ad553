create table postings (
    id           uuid primary key,
    debit        text   not null,
    credit       text   not null check (credit <> debit),
    minor_units  bigint not null check (minor_units > 0),
    currency     char(3) not null,
    value_day    date   not null,
    corrects     uuid references postings (id),
    written_at   timestamptz not null
) partition by range (value_day);
