-- What is known of the documentation of each entity that has its own: looked at in the background, for the overview of a company.
create table docs_coverage (
    ref text not null primary key,
    version text null,
    pages integer not null,
    broken integer not null,
    changed_at {timestamp} null,
    trouble text null,
    checked_at {timestamp} not null
);
