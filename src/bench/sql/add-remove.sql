-- Each transaction adds or removes customers, alternately, like the calls of wrk. The values that the service gets from
-- the request are computed once.
\if :n = 0
select array['batch-' || :client_id + 1] as groups, array_agg('batch-' || :client_id + 1 || '-' || i order by i) as names
from generate_series(1, 100) i \gset
\set n 1
\set adds 0
\endif
\set adds 1 - :adds
begin;
select array_agg(id) filter (where changed is not null) as ids,
    array_agg(name) filter (where changed is not null) as moved,
    max(id) filter (where changed is null) as target
from (
    with groups as materialized (
        select g.id, g.name from unnest(cast(:groups as text[])) as wanted (name)
        join customer_group g on g.vendor = :vendor and g.name = wanted.name
        order by g.id for key share of g
    ), found as materialized (
        select c.id, c.xmin as version from unnest(cast(:names as text[])) as wanted (name)
        join customer c on c.vendor = :vendor and c.name = wanted.name
        where c.group_id is null or c.group_id in (select id from groups)
    ), customers as materialized (
        select c.id, c.name, c.group_id, c.xmin <> found.version as changed
        from found join customer c on c.vendor = :vendor and c.id = found.id
        order by c.id for update of c
    )
    select id, name, null as group_name, cast(null as boolean) as changed from groups
    union all
    select c.id, c.name, groups.name, c.changed from customers c left join groups on groups.id = c.group_id
) locked \gset
update customer c set group_id = cast(case when :adds = 1 then cast(:target as bigint) end as bigint)
from (select id from unnest(cast(:ids as bigint[]), cast(:moved as text[])) as r (id, name) order by name collate "C") moved
where c.vendor = :vendor and c.id = moved.id;
commit;
