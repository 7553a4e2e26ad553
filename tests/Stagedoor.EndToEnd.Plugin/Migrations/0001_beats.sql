create table chaos_beats (
    id {bigserial},
    replica text not null,
    due_at {timestamp} not null,
    at {timestamp} not null
);

create table chaos_items (
    operation text not null,
    item text not null,
    replica text not null,
    at {timestamp} not null
);

create table chaos_slow (
    id {bigserial},
    what text not null,
    replica text not null,
    at {timestamp} not null
);
