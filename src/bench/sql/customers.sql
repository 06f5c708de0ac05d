select array_agg(page.name), (select (select cast(coalesce(sum(total), 0) as bigint) from tally where vendor = :vendor and list = g.id)
    from customer_group g where g.vendor = :vendor and g.name = 'group-0000001')
from (select c.name from customer c
    where c.vendor = :vendor and c.group_id =
        (select id from customer_group where vendor = :vendor and name = 'group-0000001')
    order by c.name offset :offset rows fetch first :limit rows only) page;
