delete from customer where vendor = :'vendor' and name like 'new-%';
delete from customer_group where vendor = :'vendor' and name like 'new-%';
vacuum customer_group, customer;
-- And what the bare server created, where it is there.
select to_regclass('bare.customer') is not null as bare \gset
\if :bare
delete from bare.customer_group where vendor = :'vendor' and name like 'new-%';
vacuum bare.customer_group, bare.customer;
\endif
