delete from customer where vendor = :'vendor' and name like 'new-%';
delete from customer_group where vendor = :'vendor' and name like 'new-%';
vacuum customer_group, customer;
