-- Creates the tables of the bare server, and copies the rows of a vendor from the tables of the service.
create schema if not exists bare;
create table if not exists bare.customer_group (
    vendor text not null,
    id bigint generated always as identity,
    name text collate "C" not null,
    primary key (vendor, id),
    unique (vendor, name)
);
create table if not exists bare.customer (
    vendor text not null,
    id bigint generated always as identity,
    name text collate "C" not null,
    group_id bigint,
    primary key (vendor, id),
    unique nulls not distinct (vendor, group_id, name),
    foreign key (vendor, group_id) references bare.customer_group (vendor, id)
);
insert into bare.customer_group (vendor, name) select vendor, name from customer_group where vendor = :'vendor';
insert into bare.customer (vendor, name, group_id)
select c.vendor, c.name, own.id
from customer c
left join customer_group g on g.vendor = c.vendor and g.id = c.group_id
left join bare.customer_group own on own.vendor = g.vendor and own.name = g.name
where c.vendor = :'vendor';
vacuum analyze;
