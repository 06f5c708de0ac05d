\set n random(0, :size / 100 - 1)
select g.name, (select count(*) from customer_group
    where vendor = :vendor and name like 'group-' || lpad(:n::text, 5, '0') || '%' escape '\')
from customer_group g
where g.vendor = :vendor and g.name like 'group-' || lpad(:n::text, 5, '0') || '%' escape '\'
order by g.name offset :offset rows fetch first :limit rows only;
