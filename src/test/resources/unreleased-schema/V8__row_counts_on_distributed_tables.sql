-- Row counts on a distributed database. On Citus, a trigger runs on the shard of the vendor and may not join its changed
-- rows with a distributed table. So each function adds up its changes first, and then adds one row for each list. The
-- functions keep the search path of this migration, because a worker executes them with another one.

create function tally_add(of_vendor text, of_list bigint, change bigint) returns void
language plpgsql set search_path from current as $$
begin
    insert into tally as t values (of_vendor, of_list, tally_slot(), change, tally_step())
    on conflict (vendor, list, slot) do update set total = t.total + excluded.total, version = t.version + excluded.version;
end
$$;

create or replace function tally_groups() returns trigger language plpgsql set search_path from current as $$
declare
    change record;
begin
    if tg_op = 'INSERT' then
        for change in select vendor, count(*) as rows from new_rows group by vendor order by vendor loop
            perform tally_add(change.vendor, 0, change.rows);
        end loop;
    elsif tg_op = 'DELETE' then
        for change in select vendor, count(*) as rows from old_rows group by vendor order by vendor loop
            perform tally_add(change.vendor, 0, -change.rows);
        end loop;
        for change in select vendor, id from old_rows order by vendor, id loop
            delete from tally where vendor = change.vendor and list = change.id;
        end loop;
    else
        -- The list of all customers is sorted by the names of groups too, so its version changes with them.
        for change in
            select c.vendor, list, sum(c.change) as rows
            from old_rows o join new_rows n using (id),
                lateral (values (o.vendor, -1), (n.vendor, 1)) c (vendor, change), unnest(array[0, -1]) list
            where (o.vendor, o.name) is distinct from (n.vendor, n.name)
            group by c.vendor, list order by c.vendor, list
        loop
            perform tally_add(change.vendor, change.list, change.rows);
        end loop;
    end if;
    return null;
end
$$;

create or replace function tally_customers() returns trigger language plpgsql set search_path from current as $$
declare
    change record;
begin
    if tg_op = 'INSERT' then
        for change in
            select vendor, list, count(*) as rows from new_rows, unnest(array[-1, group_id]) list
            where list is not null group by vendor, list order by vendor, list
        loop
            perform tally_add(change.vendor, change.list, change.rows);
        end loop;
    elsif tg_op = 'DELETE' then
        for change in
            select vendor, list, count(*) as rows from old_rows, unnest(array[-1, group_id]) list
            where list is not null group by vendor, list order by vendor, list
        loop
            perform tally_add(change.vendor, change.list, -change.rows);
        end loop;
    else
        for change in
            select c.vendor, list, sum(c.change) as rows
            from old_rows o join new_rows n using (id),
                lateral (values (o.vendor, o.group_id, -1), (n.vendor, n.group_id, 1)) c (vendor, group_id, change),
                unnest(array[-1, c.group_id]) list
            where (o.vendor, o.group_id, o.name) is distinct from (n.vendor, n.group_id, n.name) and list is not null
            group by c.vendor, list order by c.vendor, list
        loop
            perform tally_add(change.vendor, change.list, change.rows);
        end loop;
    end if;
    return null;
end
$$;
