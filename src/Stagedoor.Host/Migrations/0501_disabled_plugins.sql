create table portal_disabled_plugins (
    plugin_id text primary key,
    disabled_by text not null,
    disabled_at {timestamp} not null
);
