-- The two calls that wrk sends in turn. What the service has from the request or remembers comes once, in advance.
\if :n = 0
select array['batch-' || :client_id + 1] as groups,
    array_agg('batch-' || :client_id + 1 || '-' || i order by i, place nulls first) as names,
    array_agg(place order by i, place nulls first) as places
from generate_series(1, 100) i,
    (select id as place from customer_group where vendor = :vendor and name = 'batch-' || :client_id + 1
        union all select null) places \gset
\set n 1
\endif
begin;
select id as target from customer_group where vendor = :vendor and name = any (:groups) order by id for key share \gset
select array_agg(id) as ids from (
    select c.name, c.group_id, c.id, c.xmin <> found.version
    from (
        select f.id, f.xmin as version
        from customer f join unnest(cast(:names as text[]), cast(:places as bigint[])) as place (name, group_id)
            on place.name = f.name and place.group_id is not distinct from f.group_id
        where f.vendor = :vendor
        offset 0
    ) found join customer c on c.vendor = :vendor and c.id = found.id
    order by c.id for update of c) locked \gset
update customer set group_id = cast(:target as bigint) where vendor = :vendor and id = any (:ids);
commit;
begin;
select id as target from customer_group where vendor = :vendor and name = any (:groups) order by id for key share \gset
select array_agg(id) as ids from (
    select c.name, c.group_id, c.id, c.xmin <> found.version
    from (
        select f.id, f.xmin as version
        from customer f join unnest(cast(:names as text[]), cast(:places as bigint[])) as place (name, group_id)
            on place.name = f.name and place.group_id is not distinct from f.group_id
        where f.vendor = :vendor
        offset 0
    ) found join customer c on c.vendor = :vendor and c.id = found.id
    order by c.id for update of c) locked \gset
update customer set group_id = null where vendor = :vendor and id = any (:ids);
commit;
