-- Creates a vendor with :groups groups and :size customers, besides one in each group whose name is in the middle of all
-- names. The first group has a twentieth of the customers. A tenth has no group. Also creates 1000 small vendors, unless
-- they exist.
set synchronous_commit = off;
set maintenance_work_mem = '1GB';

insert into customer_group (vendor, name)
select 'small ' || v, 'group ' || i from generate_series(1, 1000) v, generate_series(1, 5) i
on conflict do nothing;

insert into customer (vendor, name, group_id, reg_date, reference_id)
select vendor, 'Customer ' || i || ' of ' || name, id, timestamp '2024-01-01' + i * interval '1 hour', 'R' || id || '-' || i
from customer_group, generate_series(1, 4) i where vendor like 'small %'
on conflict do nothing;

-- Millions of rows are created faster without triggers, and with indexes that are built afterwards. The catalog has their
-- definitions, so that those of the migrations are not repeated here.
create temporary table index_of_customer as
select 'alter table customer drop constraint ' || quote_ident(conname) as to_drop,
    'alter table customer add constraint ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid) as to_create
from pg_constraint where conrelid = 'customer'::regclass and contype in ('p', 'u')
union all
select 'drop index ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
from pg_index where indrelid = 'customer'::regclass and not exists (select from pg_constraint where conindid = indexrelid);
select to_drop from index_of_customer \gexec
set session_replication_role = replica;

insert into customer_group (vendor, name)
select :'vendor', 'group ' || lpad(i::text, 6, '0') from generate_series(1, :groups) i;
select min(id) as first from customer_group where vendor = :'vendor' \gset

insert into customer (vendor, name, group_id, reg_date)
select vendor, 'Customer ' || lpad((:size / 2)::text, 8, '0') || ' of each group', id, timestamp '2020-01-01' from customer_group where vendor = :'vendor';

-- Rows, names and dates have different orders, since 7919 and 104729 are prime.
insert into customer (vendor, name, group_id, reg_date, reference_id)
select :'vendor', 'Customer ' || lpad((i * 7919 % :size)::text, 8, '0'),
    case when i % 10 = 0 then null when i <= :size / 18 then :first else :first + i * 31 % :groups end,
    timestamp '2018-01-01' + i * 104729 % 200000000 * interval '1 second', 'R' || lpad(i::text, 8, '0')
from generate_series(1::bigint, :size) i;

set session_replication_role = origin;
select to_create from index_of_customer \gexec
vacuum analyze;

-- At the commit, triggers cut the long lists into ranges.
insert into row_count (vendor, list, group_id, slot, rows)
select vendor, 'groups', 0, 0, count(*) from customer_group where vendor = :'vendor' group by vendor
union all
select vendor, 'customers', 0, 0, count(*) from customer where vendor = :'vendor' group by vendor
union all
select vendor, 'members', group_id, 0, count(*) from customer
where vendor = :'vendor' and group_id is not null group by vendor, group_id;
vacuum analyze row_count;
checkpoint;
