-- Where entities come from, as configured, registered, or told by a plugin.
create table catalog_sources (
    id {id} not null primary key,
    origin text not null,
    rank text not null,
    type text not null,
    target text not null,
    title text not null,
    location_ref text null,
    settings {json} not null,
    created_at {timestamp} not null,
    created_by text null,
    removed_at {timestamp} null,
    paused_at {timestamp} null,
    paused_why text null,
    read_at {timestamp} null,
    ok_at {timestamp} null,
    error text null,
    created bigint not null default 0,
    updated bigint not null default 0,
    deleted bigint not null default 0,
    took_ms bigint not null default 0,
    held {json} null,
    held_at {timestamp} null
);

create unique index catalog_sources_target on catalog_sources (type, target, origin);

-- What is read as one: a file or pattern of files, an address, a repository.
create table catalog_places (
    id {id} not null primary key,
    source_id {id} not null,
    type text not null,
    target text not null,
    depth integer not null,
    version text null,
    read_at {timestamp} null,
    ok_at {timestamp} null,
    due_at {timestamp} null,
    error text null,
    failures integer not null default 0,
    orphan_since {timestamp} null,
    wants text null
);

create index catalog_places_source on catalog_places (source_id);
create index catalog_places_due on catalog_places (due_at);

-- Which Location entity of which file names a place. A place that nobody names is an orphan.
create table catalog_listings (
    place_id {id} not null,
    file_id {id} not null,
    listed_by text not null,
    primary key (place_id, file_id, listed_by)
);

create index catalog_listings_file on catalog_listings (file_id);

create table catalog_files (
    id {id} not null primary key,
    place_id {id} not null,
    path text not null,
    target text not null,
    hash text not null,
    commit_sha text null,
    author text null,
    committed_at {timestamp} null,
    read_at {timestamp} not null,
    problems {json} null,
    beside {json} null
);

create index catalog_files_place on catalog_files (place_id);

create table catalog_entities (
    ref text not null primary key,
    uid {id} not null,
    source_id {id} not null,
    place_id {id} not null,
    file_id {id} not null,
    document integer not null,
    line integer not null,
    rank text not null,
    hash text not null,
    body {bytes} not null,
    relations text not null,
    status text null,
    orphan_since {timestamp} null,
    commit_sha text null,
    author text null,
    committed_at {timestamp} null,
    created_seq bigint not null,
    version_seq bigint not null,
    changed_at {timestamp} not null
);

create unique index catalog_entities_uid on catalog_entities (uid);
create index catalog_entities_file on catalog_entities (file_id);
create index catalog_entities_place on catalog_entities (place_id);
create index catalog_entities_orphan on catalog_entities (orphan_since) where orphan_since is not null;

-- Declarations of entities that another declaration has won.
create table catalog_contenders (
    ref text not null,
    source_id {id} not null,
    place_id {id} not null,
    file_id {id} not null,
    document integer not null,
    line integer not null,
    rank text not null,
    hash text not null,
    body {bytes} not null,
    relations text not null,
    commit_sha text null,
    author text null,
    committed_at {timestamp} null,
    primary key (ref, file_id, document)
);

create index catalog_contenders_file on catalog_contenders (file_id);

-- Every accepted change, in the order in which it was committed.
create table catalog_changes (
    seq bigint not null primary key,
    ref text not null,
    change text not null,
    at {timestamp} not null,
    place text null,
    source_id {id} null,
    commit_sha text null,
    author text null,
    committed_at {timestamp} null,
    by_ref text null,
    fields text null
);

create index catalog_changes_ref on catalog_changes (ref, seq);
create index catalog_changes_at on catalog_changes (at);

-- What an entity was before it changed or went away. The current version is in catalog_entities.
create table catalog_versions (
    ref text not null,
    from_seq bigint not null,
    until_seq bigint not null,
    until_at {timestamp} not null,
    uid {id} not null,
    source_id {id} not null,
    place_id {id} not null,
    file_id {id} not null,
    document integer not null,
    line integer not null,
    rank text not null,
    hash text not null,
    body {bytes} not null,
    relations text not null,
    commit_sha text null,
    author text null,
    committed_at {timestamp} null,
    created_seq bigint not null,
    primary key (ref, from_seq)
);

create index catalog_versions_until on catalog_versions (until_at);
create index catalog_versions_source on catalog_versions (source_id, until_seq);

-- Relations that ended, so that the incoming relations of an entity can be told as of a moment.
create table catalog_past_relations (
    target text not null,
    source_ref text not null,
    type text not null,
    inverse text not null,
    from_seq bigint not null,
    until_seq bigint not null
);

create index catalog_past_relations_target on catalog_past_relations (target, until_seq);
create index catalog_past_relations_until on catalog_past_relations (until_seq);
