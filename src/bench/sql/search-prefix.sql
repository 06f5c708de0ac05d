\set n random(0, :size / 100 - 1)
select array_agg(page.name),
    case when count(*) < :limit and (count(*) > 0 or :offset = 0) then count(*) + :offset
        else (case when (select min(first_name) from row_count where vendor = :vendor and list = 'groups'
                    and first_name > 'group-' || lpad(:n::text, 5, '0')) is null
                or (select min(first_name) from row_count where vendor = :vendor and list = 'groups'
                    and first_name > 'group-' || lpad(:n::text, 5, '0'))
                    > (select max(first_name) from row_count where vendor = :vendor and list = 'groups'
                    and first_name <= 'group-' || lpad(:n::text, 5, '0') || ':')
            then (select count(*) from customer_group where vendor = :vendor
                and name >= 'group-' || lpad(:n::text, 5, '0') and name < 'group-' || lpad(:n::text, 5, '0') || ':')
            else 0 end) end
from (select name from customer_group where vendor = :vendor
    and name >= 'group-' || lpad(:n::text, 5, '0') and name < 'group-' || lpad(:n::text, 5, '0') || ':'
    order by name offset :offset rows fetch first :limit rows only) page;
