vacuum full analyze customer_group;
vacuum full analyze customer;
vacuum full analyze row_count;
-- Creates the visibility maps again, which VACUUM FULL removes.
vacuum customer_group, customer, row_count;
checkpoint;
