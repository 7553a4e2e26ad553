-- What is shown and the list of all are both ordered by the start.
drop index home_announcements_ends;

create index home_announcements_starts on home_announcements (starts_at, id);
