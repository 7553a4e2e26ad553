create table portal_secrets (
    id {id} not null primary key,
    purpose text not null,
    protected_text text not null,
    expires_at {timestamp} not null
);

create index portal_secrets_expires on portal_secrets (expires_at);
