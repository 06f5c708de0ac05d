-- An optional index. It finds a part of a customer's name (`like '%part%'`) in milliseconds when a vendor has ten million
-- customers. It needs the extensions pg_trgm and btree_gin, and a user who may create them. It does not help for a part
-- of one or two characters. It adds a cost to each new customer and each move; see docs/maintaining/schema.md.
-- Run this file with psql, outside of a transaction. The service can run at the same time.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

create index concurrently if not exists customer_vendor_name_trgm_idx on customer using gin (vendor, name gin_trgm_ops);
