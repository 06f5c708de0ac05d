\set run random(1, 1000000000)
insert into customer (vendor, name, group_id, reg_date)
select :vendor, 'new-' || :run || '-' || i, (select id from customer_group where vendor = :vendor and name = 'batch-1'), now()
from generate_series(1, 100) i;
