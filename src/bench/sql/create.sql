\set n :n + 1
insert into customer_group (vendor, name) values (:vendor, 'new-' || :run || '-' || :client_id || '-' || :n)
on conflict (vendor, name) do nothing returning name;
