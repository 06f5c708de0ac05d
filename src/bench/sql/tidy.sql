delete from customer where vendor = :'vendor' and name like 'new-%';
delete from customer_group where vendor = :'vendor' and name like 'new-%';
vacuum customer_group, customer;
-- Deletes the rows of the bare server too, if its tables exist.
select to_regclass('bare.customer') is not null as bare \gset
\if :bare
delete from bare.customer_group where vendor = :'vendor' and name like 'new-%';
vacuum bare.customer_group, bare.customer;
\endif
