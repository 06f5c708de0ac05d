\set n random(0, :size / 100 - 1)
select array_agg(page.name), (select count(*) from customer_group
    where vendor = :vendor and name like 'group-' || lpad(:n::text, 5, '0') || '%' escape '\')
from (select name from customer_group
    where vendor = :vendor and name like 'group-' || lpad(:n::text, 5, '0') || '%' escape '\'
    order by name offset :offset rows fetch first :limit rows only) page;
