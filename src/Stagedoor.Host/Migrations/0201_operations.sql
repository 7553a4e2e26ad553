create table portal_operations (
    id {id} not null primary key,
    kind text not null,
    title text not null,
    state text not null,
    started_by text not null,
    started_by_name text not null,
    entity text null,
    environment text null,
    reason text null,
    input text not null,
    key text null,
    done bigint not null default 0,
    failed bigint not null default 0,
    total bigint null,
    rate_limit double precision null,
    pace double precision null,
    message text null,
    attempt integer not null default 0,
    idle_attempts integer not null default 0,
    can_undo integer not null default 0,
    undoes {id} null,
    checkpoint text null,
    claim {id} null,
    log_lines bigint not null default 0,
    created_at {timestamp} not null,
    started_at {timestamp} null,
    ended_at {timestamp} null
);

create unique index portal_operations_key on portal_operations (key) where key is not null and ended_at is null;
create index portal_operations_created on portal_operations (created_at, id);
create index portal_operations_state on portal_operations (state, created_at);
create index portal_operations_ended on portal_operations (ended_at) where ended_at is not null;
create index portal_operations_undoes on portal_operations (undoes) where undoes is not null;

create table portal_operation_items (
    sequence {bigserial},
    operation_id {id} not null,
    key text not null,
    outcome text not null,
    message text null,
    at {timestamp} not null
);

create unique index portal_operation_items_key on portal_operation_items (operation_id, key);
create index portal_operation_items_outcome on portal_operation_items (operation_id, outcome, sequence);

create table portal_operation_log (
    operation_id {id} not null,
    sequence bigint not null,
    at {timestamp} not null,
    level text not null,
    text text not null,
    primary key (operation_id, sequence)
);
