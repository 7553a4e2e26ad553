create table portal_job_runs (
    id {id} primary key,
    job text not null,
    due_at {timestamp} not null,
    started_at {timestamp} not null,
    ended_at {timestamp},
    outcome text not null,
    summary text,
    error text,
    replica text not null,
    by_hand {bool} not null,
    pressed_by text,
    pressed_by_name text,
    ignores_stop {bool} not null,
    cancel_asked_by text
);

create index portal_job_runs_by_job on portal_job_runs (job, started_at);
create index portal_job_runs_running on portal_job_runs (job) where outcome = 'running';

create table portal_job_pauses (
    job text primary key,
    paused_at {timestamp} not null,
    paused_by text not null,
    paused_by_name text not null
);
