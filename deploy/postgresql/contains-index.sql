-- An optional index for contains, on any and on each text of a customer: it finds three characters and more in milliseconds
-- among millions of customers. The service uses it as soon as it is there. See docs/operating.md, "An index for contains".
-- Run this file with psql, outside of a transaction, as a user who may create the two extensions. The service can run at
-- the same time.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

create index concurrently if not exists customer_vendor_texts_idx on customer using gin (vendor, (lower((name
    || E'\x1f' || coalesce(description, '') || E'\x1f' || coalesce(office_number, '')
    || E'\x1f' || coalesce(mobile_number, '') || E'\x1f' || coalesce(email, '')
    || E'\x1f' || coalesce(address, '') || E'\x1f' || coalesce(city, '') || E'\x1f' || coalesce(country, '')
    || E'\x1f' || coalesce(postcode, '') || E'\x1f' || coalesce(contact, '')
    || E'\x1f' || coalesce(reference_id, '')) collate "default")) gin_trgm_ops);

-- The planner knows how many customers an expression finds only after this.
analyze customer;
