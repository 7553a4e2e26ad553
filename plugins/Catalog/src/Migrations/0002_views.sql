-- Lists that people have saved under a name. shared_with is a group, or everybody; nothing, if only the owner sees it.
create table catalog_views (
    id {id} not null primary key,
    owner text not null,
    name text not null,
    query text not null,
    shared_with text null,
    created_at {timestamp} not null,
    changed_at {timestamp} not null
);

create unique index catalog_views_owner on catalog_views (owner, lower(name));
create index catalog_views_shared on catalog_views (shared_with) where shared_with is not null;
