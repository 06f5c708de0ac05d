\set n random(1, :size)
select 1 from customer_group where vendor = :vendor and name = 'group-' || lpad(:n::text, 7, '0');
