-- A service as far as dead letters know it: by what its queues are called. The squad is who owns it at present.
create table dead_letters_services (
    id {bigserial},
    env text not null,
    name text not null,
    squad text not null,
    unique (env, name)
);

create index dead_letters_services_squad on dead_letters_services (env, squad);

-- What errors have in common: messages of one cause fail for the same reason.
create table dead_letters_causes (
    id {bigserial},
    env text not null,
    fingerprint {id} not null,
    error text,
    error_type text,
    first_at {timestamp} not null,
    note text,
    assignee text,
    noted_by text,
    noted_at {timestamp},
    unique (env, fingerprint)
);

-- One death of one message, without its content. What overviews say comes from dead_letters_counts.
create table dead_letters_messages (
    id {bigserial},
    env text not null,
    broker text not null,
    service_id bigint not null,
    cause_id bigint not null,
    state text not null,
    dead_at {timestamp} not null,
    received_at {timestamp} not null,
    queue text not null,
    exchange text not null,
    routing_key text not null,
    message_id text,
    correlation_id text,
    -- Messages of one queue and key are redelivered one after the other.
    order_key text,
    type text,
    content_type text,
    error text,
    error_type text,
    reason text not null,
    deaths integer not null,
    body_size integer not null,
    problem text,
    -- What makes it the same as another one; see Identity.
    identity {id} not null,
    occurrence integer not null,
    copies integer not null,
    -- The connection that brought it, and its number there; see dead_letters_sessions.
    session {id},
    tag bigint,
    -- The first death of what this one is a redelivery of, and how many redeliveries there had been.
    lineage bigint,
    redelivery integer not null,
    came_back_at {timestamp},
    -- Counts changes of state; who acts names the version that was seen.
    version integer not null,
    state_at {timestamp} not null,
    actor text,
    operation {id},
    claim {id},
    lease_until {timestamp},
    outcome text
);

create unique index dead_letters_messages_identity on dead_letters_messages (identity, occurrence);
create index dead_letters_messages_service on dead_letters_messages (service_id, state, dead_at, id);
create index dead_letters_messages_cause on dead_letters_messages (cause_id, state, dead_at, id);
create index dead_letters_messages_env on dead_letters_messages (env, state, dead_at, id);
create index dead_letters_messages_message_id on dead_letters_messages (message_id) where message_id is not null;
create index dead_letters_messages_correlation on dead_letters_messages (correlation_id) where correlation_id is not null;
create index dead_letters_messages_lineage on dead_letters_messages (lineage) where lineage is not null;
create index dead_letters_messages_operation on dead_letters_messages (operation) where operation is not null;
create index dead_letters_messages_over on dead_letters_messages (state, state_at) where state <> 'Dead';

-- Connections that read from a broker, each with the number up to which the broker has surely heard our acknowledgements.
-- What came after it may come again by another connection.
create table dead_letters_sessions (
    id {id} primary key,
    settled bigint not null,
    at {timestamp} not null
);

-- The message itself, to the byte. Apart, so that lists do not read it.
create table dead_letters_contents (
    message_id bigint primary key,
    properties text not null,
    headers text not null,
    routing_keys text not null,
    body {bytes} not null
);

-- How many there are, by service and cause; written with every change in the same transaction.
create table dead_letters_counts (
    service_id bigint not null,
    cause_id bigint not null,
    dead bigint not null,
    redelivering bigint not null,
    redelivered bigint not null,
    deleted bigint not null,
    first_at {timestamp} not null,
    last_at {timestamp} not null,
    primary key (service_id, cause_id)
);

create index dead_letters_counts_cause on dead_letters_counts (cause_id);

-- The same by service alone, so that an overview stays small when every message has a cause of its own.
create table dead_letters_service_counts (
    service_id bigint primary key,
    dead bigint not null,
    redelivering bigint not null,
    redelivered bigint not null,
    deleted bigint not null,
    first_at {timestamp} not null,
    last_at {timestamp} not null
);

-- How many arrived in each hour, for trends.
create table dead_letters_hours (
    service_id bigint not null,
    cause_id bigint not null,
    hour {timestamp} not null,
    arrived bigint not null,
    primary key (service_id, cause_id, hour)
);

create index dead_letters_hours_cause on dead_letters_hours (cause_id, hour);
create index dead_letters_hours_hour on dead_letters_hours (hour);

-- What was done to a message, by whom.
create table dead_letters_deeds (
    id {bigserial},
    message_id bigint not null,
    at {timestamp} not null,
    what text not null,
    actor text not null,
    operation {id},
    note text
);

create index dead_letters_deeds_message on dead_letters_deeds (message_id, id);
