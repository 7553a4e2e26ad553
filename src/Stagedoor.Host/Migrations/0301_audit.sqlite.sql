create table portal_audit (
    sequence integer not null primary key,
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

create trigger portal_audit_no_update before update on portal_audit
begin
    select raise(abort, 'The audit record only grows: its entries are neither changed nor deleted.');
end;

create trigger portal_audit_no_delete before delete on portal_audit
begin
    select raise(abort, 'The audit record only grows: its entries are neither changed nor deleted.');
end;
