create table home_announcements (
    id {id} not null primary key,
    revision integer not null,
    title text not null,
    body text null,
    severity text not null,
    link text null,
    starts_at {timestamp} not null,
    ends_at {timestamp} null,
    written_by text not null,
    changed_at {timestamp} not null
);

create index home_announcements_ends on home_announcements (ends_at);
