create table portal_audit (
    sequence bigint not null primary key,
    at {timestamp} not null,
    actor text not null,
    actor_name text not null,
    action text not null,
    subject text not null,
    entity text null,
    environment text null,
    state_before text null,
    state_after text null,
    reason text null,
    request_id text null,
    previous_hash text not null,
    hash text not null
);

create index portal_audit_actor on portal_audit (actor, sequence);
create index portal_audit_entity on portal_audit (entity, sequence) where entity is not null;

create function portal_audit_only_grows() returns trigger language plpgsql as $$
begin
    raise exception 'The audit record only grows: its entries are neither changed nor deleted.';
end;
$$;

create trigger portal_audit_rows before update or delete on portal_audit
    for each row execute function portal_audit_only_grows();
create trigger portal_audit_truncation before truncate on portal_audit
    for each statement execute function portal_audit_only_grows();
