\set first 1 + 100 * random(0, :size / 100 - 1)
\set group random(1, :size)
update customer set group_id = (select id from customer_group where vendor = :vendor and name = 'group-' || lpad(:group::text, 7, '0'))
where vendor = :vendor and id between :first and :first + 99;
