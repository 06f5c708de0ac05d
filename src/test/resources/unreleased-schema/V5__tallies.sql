-- How long the lists are that clients page through, so that no total has to count rows. Each statement that changes a
-- list adds to one row of its tally, of as many as there are slots: writers of different connections seldom wait for each
-- other. A list's total is the sum over its rows. The sum of the versions grows with every change: while it stays, the
-- list is the same.

create table tally (
    vendor text not null,
    -- The id of a group, for its customers; 0 for the vendor's groups, -1 for its customers.
    list bigint not null,
    slot int not null,
    total bigint not null,
    version bigint not null,
    constraint tally_pkey primary key (vendor, list, slot)
) with (fillfactor = 50);

-- Connections that are opened together have consecutive ids, and so slots of their own.
create function tally_slot() returns int language sql stable return pg_backend_pid() % 64;

create function tally_groups() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into tally as t
        select vendor, 0, tally_slot(), count(*), 1 from new_rows group by vendor
        on conflict (vendor, list, slot) do update set total = t.total + excluded.total, version = t.version + 1;
    elsif tg_op = 'DELETE' then
        insert into tally as t
        select vendor, 0, tally_slot(), -count(*), 1 from old_rows group by vendor
        on conflict (vendor, list, slot) do update set total = t.total + excluded.total, version = t.version + 1;
        delete from tally t using old_rows o where t.vendor = o.vendor and t.list = o.id;
    else
        -- Customers are ordered by the name of their group too.
        insert into tally as t
        select c.vendor, list, tally_slot(), sum(c.change), 1
        from old_rows o join new_rows n using (id),
            lateral (values (o.vendor, -1), (n.vendor, 1)) c (vendor, change), unnest(array[0, -1]) list
        where (o.vendor, o.name) is distinct from (n.vendor, n.name)
        group by c.vendor, list order by c.vendor, list
        on conflict (vendor, list, slot) do update set total = t.total + excluded.total, version = t.version + 1;
    end if;
    return null;
end
$$;

-- Customers that have come, that have gone, or both: whoever counts begins with the list of all, so that two that share
-- a slot wait for each other there and nowhere else.
create function tally_customers() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into tally as t
        select vendor, list, tally_slot(), count(*), 1
        from new_rows, unnest(array[-1, group_id]) list where list is not null
        group by vendor, list order by vendor, list
        on conflict (vendor, list, slot) do update set total = t.total + excluded.total, version = t.version + 1;
    elsif tg_op = 'DELETE' then
        insert into tally as t
        select vendor, list, tally_slot(), -count(*), 1
        from old_rows, unnest(array[-1, group_id]) list where list is not null
        group by vendor, list order by vendor, list
        on conflict (vendor, list, slot) do update set total = t.total + excluded.total, version = t.version + 1;
    else
        insert into tally as t
        select c.vendor, list, tally_slot(), sum(c.change), 1
        from old_rows o join new_rows n using (id),
            lateral (values (o.vendor, o.group_id, -1), (n.vendor, n.group_id, 1)) c (vendor, group_id, change),
            unnest(array[-1, c.group_id]) list
        where (o.vendor, o.group_id, o.name) is distinct from (n.vendor, n.group_id, n.name) and list is not null
        group by c.vendor, list order by c.vendor, list
        on conflict (vendor, list, slot) do update set total = t.total + excluded.total, version = t.version + 1;
    end if;
    return null;
end
$$;

create function tally_nothing() returns trigger language plpgsql as $$
begin
    if tg_table_name = 'customer_group' then
        delete from tally where list > 0;
    end if;
    update tally set total = 0, version = version + 1 where (list = 0) = (tg_table_name = 'customer_group');
    return null;
end
$$;

-- What is there already is counted while nobody writes.
lock table customer_group, customer in share row exclusive mode;

create trigger tally_insert after insert on customer_group referencing new table as new_rows
    for each statement execute function tally_groups();
create trigger tally_delete after delete on customer_group referencing old table as old_rows
    for each statement execute function tally_groups();
create trigger tally_update after update on customer_group referencing old table as old_rows new table as new_rows
    for each statement execute function tally_groups();
create trigger tally_truncate after truncate on customer_group for each statement execute function tally_nothing();

create trigger tally_insert after insert on customer referencing new table as new_rows
    for each statement execute function tally_customers();
create trigger tally_delete after delete on customer referencing old table as old_rows
    for each statement execute function tally_customers();
create trigger tally_update after update on customer referencing old table as old_rows new table as new_rows
    for each statement execute function tally_customers();
create trigger tally_truncate after truncate on customer for each statement execute function tally_nothing();

insert into tally
select vendor, 0, 0, count(*), 1 from customer_group group by vendor
union all
select vendor, list, 0, count(*), 1 from customer, unnest(array[group_id, -1]) list where list is not null group by vendor, list;
