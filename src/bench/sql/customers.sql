select array_agg(page.name), (select (select cast(coalesce(sum(rows), 0) as bigint) from row_count where vendor = :vendor and list = 'members' and group_id = g.id)
    from customer_group g where g.vendor = :vendor and g.name = 'group-0000001')
from (select c.name from customer c
    where c.vendor = :vendor and c.group_id =
        (select id from customer_group where vendor = :vendor and name = 'group-0000001')
    order by c.name offset :offset rows fetch first :limit rows only) page;
