create table portal_visits (
    person text not null,
    entity text not null,
    times bigint not null,
    last_at {timestamp} not null,
    primary key (person, entity)
);

create index portal_visits_last on portal_visits (person, last_at);
create index portal_visits_age on portal_visits (last_at);
