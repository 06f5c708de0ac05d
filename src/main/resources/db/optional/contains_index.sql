-- Optional: searches for a part of a customer's name (`like '%part%'`) in milliseconds at ten million customers of a vendor.
-- It needs the extensions pg_trgm and btree_gin, and so a user who may create them. It finds nothing faster for a part of
-- one or two characters. Each new customer and each move writes into the index; operating.md has the price.
-- Run it with psql, outside of a transaction; the service goes on meanwhile.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

create index concurrently if not exists customer_vendor_name_trgm_idx on customer using gin (vendor, name gin_trgm_ops);
