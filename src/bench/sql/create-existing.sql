\set n random(1, :size)
insert into customer_group (vendor, name) values (:vendor, 'group-' || lpad(:n::text, 7, '0'))
on conflict (vendor, name) do nothing returning name;
