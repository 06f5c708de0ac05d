select g.name, (select cast(coalesce(sum(total), 0) as bigint) from tally where vendor = :vendor and list = 0)
from customer_group g
where g.vendor = :vendor and 1 = 1
order by g.name offset :offset rows fetch first :limit rows only;
