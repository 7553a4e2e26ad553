-- An item is due when due_at has come; while it is claimed, due_at is the end of the lease. So "due and not given up" is
-- one range of one index, and a lost lease needs nobody to notice it.
create table data_work (
    queue text not null,
    key text not null,
    payload text null,
    attempt integer not null default 0,
    max_attempts integer not null,
    added_at {timestamp} not null,
    due_at {timestamp} not null,
    claim {id} null,
    again_at {timestamp} null,
    again_payload text null,
    error text null,
    gave_up_at {timestamp} null,
    primary key (queue, key)
);

create index data_work_due on data_work (queue, due_at) where gave_up_at is null;

create index data_work_gave_up on data_work (queue, gave_up_at) where gave_up_at is not null;
