vacuum full analyze customer_group;
vacuum full analyze customer;
vacuum full analyze tally;
-- Makes the visibility maps, which are lost in a full one.
vacuum customer_group, customer, tally;
checkpoint;
