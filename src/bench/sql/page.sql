select array_agg(page.name), (select cast(coalesce(sum(total), 0) as bigint) from tally where vendor = :vendor and list = 0)
from (select name from customer_group where vendor = :vendor order by name offset :offset rows fetch first :limit rows only) page;
