select c.name, (select count(*) from customer where vendor = :vendor and group_id =
    (select id from customer_group where vendor = :vendor and name = 'group-0000001'))
from customer c
where c.vendor = :vendor and c.group_id =
    (select id from customer_group where vendor = :vendor and name = 'group-0000001')
order by c.name offset :offset rows fetch first :limit rows only;
