create table birthdays_people (
    person text primary key,
    month integer not null,
    day integer not null
);
