-- No version of the list is known here, so each search counts.
\set n random(0, :size / 100 - 1)
select array_agg(page.name),
    case when count(*) < :limit and (count(*) > 0 or :offset = 0) then '=' || (count(*) + :offset)::text
        else coalesce((select case when v.version = '' then v.version else v.version || '=' || (
                select count(*) from customer_group where vendor = :vendor
                and name >= 'group-' || lpad(:n::text, 5, '0') and name < 'group-' || lpad(:n::text, 5, '0') || ':')::text end
            from (select group_id::text || ' ' || sum(version)::text as version from row_count
                where vendor = :vendor and list = 'groups' group by group_id) v), '=0') end
from (select name from customer_group where vendor = :vendor
    and name >= 'group-' || lpad(:n::text, 5, '0') and name < 'group-' || lpad(:n::text, 5, '0') || ':'
    order by name offset :offset rows fetch first :limit rows only) page;
