create table portal_personal_settings (
    person text not null,
    key text not null,
    value text not null,
    changed_at {timestamp} not null,
    primary key (person, key)
);

create index portal_personal_settings_key on portal_personal_settings (key, person);
