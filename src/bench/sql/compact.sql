vacuum full analyze customer_group;
vacuum full analyze customer;
-- Makes the visibility maps, which are lost in a full one.
vacuum customer_group, customer;
checkpoint;
