-- Creates a vendor with :size groups, of which the first holds :size customers. Also creates the rows of add-remove.
insert into customer_group (vendor, name)
select :'vendor', 'group-' || lpad(n::text, 7, '0') from generate_series(1, :size) n;

insert into customer (vendor, name, group_id, reg_date)
select g.vendor, 'customer-' || lpad(n::text, 7, '0'), g.id, now()
from generate_series(1, :size) n, customer_group g
where g.vendor = :'vendor' and g.name = 'group-0000001';

insert into customer_group (vendor, name)
select :'vendor', 'batch-' || n from generate_series(1, :connections) n;

insert into customer (vendor, name, reg_date)
select :'vendor', 'batch-' || n || '-' || i, now() from generate_series(1, :connections) n, generate_series(1, 100) i;

vacuum analyze;
