-- A trigram index does not lead with the vendor: a search in it reads the rows of every vendor, each new version of a
-- row goes into it, and the planner prefers it where it is slow. `db/optional/contains_index.sql` has a better one for vendors that need it.
-- The extension stays, since others may use it.

drop index if exists customer_group_name_trgm_idx, customer_name_trgm_idx, customer_reference_id_trgm_idx;

-- Statistics on the vendor mislead the planner about a vendor that they do not know yet: it expects a row at the most.
-- Without them it expects the same of each vendor. The change of type, which is none, removes those that were collected.

alter table customer_group alter column vendor set statistics 0, alter column vendor type text;
alter table customer alter column vendor set statistics 0, alter column vendor type text;
alter table replay alter column vendor set statistics 0, alter column vendor type text;

-- A search knows from the index alone which customers a page has, whatever it looks for in their names.

create index customer_vendor_name_id_idx on customer (vendor, name) include (id, group_id);
drop index customer_vendor_name_idx;
