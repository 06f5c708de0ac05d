select array_agg(page.name), (select cast(coalesce(sum(rows), 0) as bigint) from row_count where vendor = :vendor and list = 'groups')
from (select name from customer_group where vendor = :vendor order by name offset :offset rows fetch first :limit rows only) page;
