-- How long the lists are that clients page through, so that no total has to count rows. Each statement that changes a
-- list adds to one row of its tally that no other transaction holds at the moment, or makes a new one: writers do not
-- wait for each other. A list's total is the sum over its rows. The sum of the versions grows with every change: while
-- it stays, the list is the same.

create table tally (
    vendor text not null,
    -- The id of a group, for its customers; 0 for the vendor's groups, -1 for its customers.
    list bigint not null,
    slot bigint generated always as identity,
    total bigint not null,
    version bigint not null,
    constraint tally_pkey primary key (vendor, list, slot)
) with (fillfactor = 50);

create function tally_add(vendors text[], lists bigint[], changes bigint[]) returns void language plpgsql strict as $$
begin
    with change as (
        select * from unnest(vendors, lists, changes) as c (vendor, list, change)
    ), found as materialized (
        select c.*, free.slot
        from change c left join lateral (
            select t.slot from tally t where t.vendor = c.vendor and t.list = c.list limit 1 for update skip locked
        ) free on true
    ), added as (
        update tally t set total = t.total + f.change, version = t.version + 1
        from found f where t.vendor = f.vendor and t.list = f.list and t.slot = f.slot
    )
    insert into tally (vendor, list, total, version) select vendor, list, change, 1 from found where slot is null;
end
$$;

create function tally_groups() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        perform tally_add(array_agg(vendor), array_agg(0::bigint), array_agg(n))
        from (select vendor, count(*) as n from new_rows group by vendor) c;
    elsif tg_op = 'DELETE' then
        perform tally_add(array_agg(vendor), array_agg(0::bigint), array_agg(-n))
        from (select vendor, count(*) as n from old_rows group by vendor) c;
        delete from tally t using old_rows o where t.vendor = o.vendor and t.list = o.id;
    else
        -- Customers are ordered by the name of their group too.
        perform tally_add(array_agg(vendor), array_agg(list), array_agg(change))
        from (
            select l.vendor, list, sum(l.change)::bigint as change
            from old_rows o join new_rows n using (id),
                lateral (values (o.vendor, -1), (n.vendor, 1)) l (vendor, change), unnest(array[0, -1]) list
            where (o.vendor, o.name) is distinct from (n.vendor, n.name)
            group by l.vendor, list
        ) c;
    end if;
    return null;
end
$$;

create function tally_customers() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        perform tally_add(array_agg(vendor), array_agg(list), array_agg(n))
        from (
            select vendor, list, count(*) as n from new_rows, unnest(array[group_id, -1]) list
            where list is not null group by vendor, list
        ) c;
    elsif tg_op = 'DELETE' then
        perform tally_add(array_agg(vendor), array_agg(list), array_agg(-n))
        from (
            select vendor, list, count(*) as n from old_rows, unnest(array[group_id, -1]) list
            where list is not null group by vendor, list
        ) c;
    else
        perform tally_add(array_agg(vendor), array_agg(list), array_agg(change))
        from (
            select l.vendor, list, sum(l.change)::bigint as change
            from old_rows o join new_rows n using (id),
                lateral (values (o.vendor, o.group_id, -1), (n.vendor, n.group_id, 1)) l (vendor, group_id, change),
                unnest(array[l.group_id, -1]) list
            where (o.vendor, o.group_id, o.name) is distinct from (n.vendor, n.group_id, n.name) and list is not null
            group by l.vendor, list
        ) c;
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

insert into tally (vendor, list, total, version)
select vendor, 0, count(*), 1 from customer_group group by vendor
union all
select vendor, list, count(*), 1 from customer, unnest(array[group_id, -1]) list where list is not null group by vendor, list;
