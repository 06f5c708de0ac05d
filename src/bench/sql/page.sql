select g.name, (select count(*) from customer_group where vendor = :vendor and 1 = 1)
from customer_group g
where g.vendor = :vendor and 1 = 1
order by g.name offset :offset rows fetch first :limit rows only;
