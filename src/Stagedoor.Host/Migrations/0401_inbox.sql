create table portal_inbox (
    id {id} not null primary key,
    person text not null,
    topic text not null,
    title text not null,
    body text null,
    href text null,
    severity text not null,
    key text null,
    entity text null,
    sent_at {timestamp} not null,
    read_at {timestamp} null
);

create index portal_inbox_person on portal_inbox (person, sent_at);
create index portal_inbox_unread on portal_inbox (person, sent_at) where read_at is null;
create index portal_inbox_key on portal_inbox (key, person) where key is not null and read_at is null;
create index portal_inbox_sent on portal_inbox (sent_at);
