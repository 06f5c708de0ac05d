-- Erases what names a person from the data of one vendor: all texts that are equal to the given one. Without "delete", it
-- prints what it would erase and changes nothing. Run it as the owner of the tables, past any pooler. See
-- docs/personal-data.md:
--   psql --set=vendor=acme --set=person=Zhang --file=deploy/postgresql/erase.sql customer_groups
--   psql --set=vendor=acme --set=person=Zhang --set=delete=yes --file=deploy/postgresql/erase.sql customer_groups
\set ON_ERROR_STOP on
\set QUIET on
\encoding UTF8
-- A pager would wait for its reader, and calls for the locks.
\pset pager off
\if :{?delete} \else \set delete no \endif
\if :{?vendor} \else \set vendor '' \endif
\if :{?person} \else \set person '' \endif
select :'vendor' = '' or :'person' = '' as is_incomplete \gset
\if :is_incomplete
do $$ begin raise exception 'Give a vendor and a person: --set=vendor=… --set=person=…'; end $$;
\endif
-- A connection without a limit for statements. "set" would leave it to others behind a pooler, and limit no vacuum "local".
\set options ''
\getenv options PGOPTIONS
\set unlimited 'options=''-c statement_timeout=0 ' :options ''''
\connect -reuse-previous=on :unlimited
select to_regclass('history') is not null as has_history \gset

-- A group is no person. While one has the text as its name, that name in other rows stays.
select not exists (select from customer_group where vendor = :'vendor' and name = :'person') as or_of_group \gset

\echo Erased:
begin isolation level read committed;
with erased as (delete from customer where vendor = :'vendor' and name = :'person' returning id)
select coalesce(array_agg(id), '{}') as customers from erased \gset
select 'customer' as "table", id, :'person' as name from unnest(:'customers'::bigint[]) id;

-- A customer of another name keeps its other members.
update customer set
    description = nullif(description, :'person'), office_number = nullif(office_number, :'person'),
    mobile_number = nullif(mobile_number, :'person'), email = nullif(email, :'person'), address = nullif(address, :'person'),
    city = nullif(city, :'person'), country = nullif(country, :'person'), postcode = nullif(postcode, :'person'),
    contact = nullif(contact, :'person'), reference_id = nullif(reference_id, :'person')
where vendor = :'vendor' and :'person' in
    (description, office_number, mobile_number, email, address, city, country, postcode, contact, reference_id)
returning 'members of customer' as "table", id, name;

\if :has_history
-- Customers that have the name, or had it when they were deleted, had their members under former names too.
delete from history where vendor = :'vendor' and (
    type like 'customer.%' and item_id = any (array(select unnest(:'customers'::bigint[])
        union select item_id from history
        where vendor = :'vendor' and type = 'customer.deleted' and before ->> 'name' = :'person'))
    or (type like 'customer.%' or :'or_of_group') and exists (
        select from (values (before), (after)) state (item), json_each_text(item)
        where value = :'person' and (key <> 'groupName' or :'or_of_group')))
returning 'history' as "table", id, changed_at, type, coalesce(before, after) ->> 'name' as name;
\endif

\if :delete
commit;
\else
rollback;
\endif

-- Calls go on meanwhile. Now that no customer has the text, no call adds a response that has it.
-- PostgreSQL cannot decompress the stored responses of over 64 KiB, so this machine does. They begin with the byte 1f.
\set file `mktemp`
\setenv RESPONSES :file
copy (select encode(convert_to(idempotency_key, 'UTF8'), 'hex'), translate(encode(response, 'base64'), E'\n', '')
    from stored_response where vendor = :'vendor' and substring(response for 1) = '\x1f') to stdout
\g |while read -r key response; do printf '%s\t' "$key"; printf %s "$response" | base64 -d | gzip -dc | sed 's/\\/\\\\/g'; echo; done >"$RESPONSES"
create temporary table decompressed (idempotency_key text, response json);
\copy decompressed from program 'cat "$RESPONSES" && rm -f "$RESPONSES"'
select coalesce(array_agg(convert_from(decode(idempotency_key, 'hex'), 'UTF8')), '{}') as compressed from decompressed
where exists (select from json_array_elements(response #> '{data,items}') each (item), json_each_text(item)
    where value = :'person' and (key <> 'groupName' or :'or_of_group')) \gset

begin;
delete from stored_response where vendor = :'vendor' and (position(:'person' in idempotency_key) > 0
    or idempotency_key = any (:'compressed')
    or case substring(response for 1) when '{' then exists (
        select from json_array_elements(convert_from(response, 'UTF8')::json #> '{data,items}') each (item), json_each_text(item)
        where value = :'person' and (key <> 'groupName' or :'or_of_group')) end)
returning 'stored_response' as "table", idempotency_key, created_at;
\if :delete
commit;
\else
rollback;
\endif

-- A range of a long list begins with the name of its first customer. It then begins with the next name, or goes when it is
-- empty. Changes of the vendor wait meanwhile.
select count(*) > 0 as is_in_ranges from row_count where vendor = :'vendor' and first_name = :'person' \gset
\if :is_in_ranges
select distinct 'row_count' as "table", list, group_id from row_count where vendor = :'vendor' and first_name = :'person';
\if :delete
begin isolation level read committed;
-- In a cluster, this takes the lock on the node of the vendor. The update finds no row.
with pinned as (update row_count set rows = rows
    where vendor = :'vendor' and list = 'groups' and group_id = 0 and first_name = '' and slot = -1 returning 1)
select pg_advisory_xact_lock(row_count_lock(:'vendor')) from (select count(*) from pinned) as on_node_of_vendor;
delete from row_count r where vendor = :'vendor' and first_name = :'person' and 0 = (select sum(rows) from row_count s
    where s.vendor = :'vendor' and s.list = r.list and s.group_id = r.group_id and s.first_name = :'person');
update row_count r set first_name = case list
    when 'groups' then (select min(name) from customer_group where vendor = :'vendor' and name >= :'person')
    when 'customers' then (select min(name) from customer where vendor = :'vendor' and name >= :'person')
    else (select min(name) from customer c where vendor = :'vendor' and c.group_id = r.group_id and name >= :'person') end
where vendor = :'vendor' and first_name = :'person';
commit;
\endif
\endif

-- A vacuum frees the rows, and the statistics of PostgreSQL have texts of the tables until it analyzes them again.
\if :delete
vacuum (analyze) customer, row_count, stored_response;
\if :has_history
vacuum (analyze) history;
\endif
\endif

\echo Left, because it is within a longer text, or the name of a group or a key:
select 'customer_group' as "table", 'name' as member, name as text from customer_group
where vendor = :'vendor' and position(lower(:'person') in lower(name)) > 0
union all select 'bitkey', 'name', name from bitkey
where vendor = :'vendor' and position(lower(:'person') in lower(name)) > 0;

select 'customer' as "table", key as member, value as text from customer, json_each_text(row_to_json(customer))
where vendor = :'vendor' and key <> 'vendor' and value <> :'person' and position(lower(:'person') in lower(value)) > 0;

\if :has_history
select distinct 'history' as "table", key as member, value as text
from history, lateral (values (before), (after), (who::json)) state (item), json_each_text(item)
where vendor = :'vendor' and (value <> :'person' or key = 'bitkey') and position(lower(:'person') in lower(value)) > 0;
\endif

select distinct 'stored_response' as "table", key as member, value as text
from (select response from decompressed
    union all select convert_from(response, 'UTF8')::json from stored_response
    where vendor = :'vendor' and substring(response for 1) = '{') stored (response),
    json_array_elements(response #> '{data,items}') each (item), json_each_text(item)
where value <> :'person' and position(lower(:'person') in lower(value)) > 0;

\if :delete
-- A call that ran at the same time can have written the text again.
select exists (select from customer, json_each_text(row_to_json(customer)) where vendor = :'vendor' and value = :'person'
    and key not in ('vendor', 'id', 'group_id', 'reg_date')) as is_there_again \gset
\if :is_there_again
do $$ begin raise exception 'A call has written this text again meanwhile. Run the script once more.'; end $$;
\endif
\else
\echo This was a rehearsal. With --set=delete=yes, it is done.
\endif
