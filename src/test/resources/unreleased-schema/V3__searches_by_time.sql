-- Searches and sorts by regDate. Those by name, group and referenceId are served by the keys: collation "C" lets them
-- serve ranges and `like 'prefix%'` too.

create index customer_vendor_reg_date_idx on customer (vendor, reg_date);
