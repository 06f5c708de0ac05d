-- A version of a list never comes again, also not in a database that was restored to an earlier point: what is remembered of
-- the list as it was later must not be taken for true. So a change adds a random step, where it added one.

create function tally_step() returns bigint language sql volatile return 1 + floor(random() * 4294967296)::bigint;

create or replace function tally_groups() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into tally as t
        select vendor, 0, tally_slot(), count(*), tally_step() from new_rows group by vendor
        on conflict (vendor, list, slot) do update set total = t.total + excluded.total, version = t.version + excluded.version;
    elsif tg_op = 'DELETE' then
        insert into tally as t
        select vendor, 0, tally_slot(), -count(*), tally_step() from old_rows group by vendor
        on conflict (vendor, list, slot) do update set total = t.total + excluded.total, version = t.version + excluded.version;
        delete from tally t using old_rows o where t.vendor = o.vendor and t.list = o.id;
    else
        -- Customers are ordered by the name of their group too.
        insert into tally as t
        select c.vendor, list, tally_slot(), sum(c.change), tally_step()
        from old_rows o join new_rows n using (id),
            lateral (values (o.vendor, -1), (n.vendor, 1)) c (vendor, change), unnest(array[0, -1]) list
        where (o.vendor, o.name) is distinct from (n.vendor, n.name)
        group by c.vendor, list order by c.vendor, list
        on conflict (vendor, list, slot) do update set total = t.total + excluded.total, version = t.version + excluded.version;
    end if;
    return null;
end
$$;

-- Customers that have come, that have gone, or both: whoever counts begins with the list of all, so that two that share
-- a slot wait for each other there and nowhere else.
create or replace function tally_customers() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into tally as t
        select vendor, list, tally_slot(), count(*), tally_step()
        from new_rows, unnest(array[-1, group_id]) list where list is not null
        group by vendor, list order by vendor, list
        on conflict (vendor, list, slot) do update set total = t.total + excluded.total, version = t.version + excluded.version;
    elsif tg_op = 'DELETE' then
        insert into tally as t
        select vendor, list, tally_slot(), -count(*), tally_step()
        from old_rows, unnest(array[-1, group_id]) list where list is not null
        group by vendor, list order by vendor, list
        on conflict (vendor, list, slot) do update set total = t.total + excluded.total, version = t.version + excluded.version;
    else
        insert into tally as t
        select c.vendor, list, tally_slot(), sum(c.change), tally_step()
        from old_rows o join new_rows n using (id),
            lateral (values (o.vendor, o.group_id, -1), (n.vendor, n.group_id, 1)) c (vendor, group_id, change),
            unnest(array[-1, c.group_id]) list
        where (o.vendor, o.group_id, o.name) is distinct from (n.vendor, n.group_id, n.name) and list is not null
        group by c.vendor, list order by c.vendor, list
        on conflict (vendor, list, slot) do update set total = t.total + excluded.total, version = t.version + excluded.version;
    end if;
    return null;
end
$$;

create or replace function tally_nothing() returns trigger language plpgsql as $$
begin
    if tg_table_name = 'customer_group' then
        delete from tally where list > 0;
    end if;
    update tally set total = 0, version = version + tally_step() where (list = 0) = (tg_table_name = 'customer_group');
    return null;
end
$$;
