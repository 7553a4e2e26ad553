create table portal_keys (
    name text not null primary key,
    xml text not null,
    created_at {timestamp} not null
);
