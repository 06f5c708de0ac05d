-- The schema of the service. After the first release, this file stays as it is, and new migrations add to it.
-- Each key and each index begins with the vendor, so that all rows of a vendor can be on one node of a cluster. See
-- docs/adr/0027. The collation "C" compares and orders texts by code point.

-- A function that names a table keeps this search path or names the schema, because a worker of a cluster executes it with
-- another path. A user of the database can create temporary tables, and PostgreSQL looks there first unless pg_temp stands
-- last.
do $$ begin perform set_config('search_path', format('%I, pg_temp', current_schema()), true); end $$;

create table customer_group (
    vendor text not null,
    id bigint generated always as identity,
    name text collate "C" not null,
    created_at timestamptz not null default now(),
    constraint customer_group_pkey primary key (vendor, id),
    constraint customer_group_name_key unique (vendor, name)
);

create table customer (
    vendor text not null,
    id bigint generated always as identity,
    name text collate "C" not null,
    group_id bigint,
    description text collate "C",
    reg_date timestamp(0) not null,
    office_number text collate "C", mobile_number text collate "C", email text collate "C", address text collate "C",
    city text collate "C", country text collate "C", postcode text collate "C", contact text collate "C",
    reference_id text collate "C",
    constraint customer_pkey primary key (vendor, id),
    constraint customer_name_key unique nulls not distinct (vendor, group_id, name),
    constraint customer_group_fkey foreign key (vendor, group_id) references customer_group (vendor, id) on delete restrict
);

-- Statistics would mislead the planner about a vendor that they do not know yet. See docs/adr/0014.
alter table customer_group alter column vendor set statistics 0;
alter table customer alter column vendor set statistics 0;

-- A batch finds customers by name in any group. A search by name reads from this index alone which rows a page has.
create index customer_vendor_name_id_idx on customer (vendor, name) include (id, group_id);
create index customer_vendor_reg_date_idx on customer (vendor, reg_date);

-- Customers without a referenceId are not in the index, so a change of them does not write to it.
create unique index customer_reference_id_key on customer (vendor, reference_id) where reference_id is not null;

-- How many rows each list has that clients page through, so that the total of a whole list needs no count. A statement
-- that changes a list adds to one of its slots, so that writers of different connections seldom wait for each other.
-- The sums over all slots are the number of rows and the version of the list. See docs/adr/0006.
create table row_count (
    vendor text not null,
    -- 'groups' or 'customers' of the vendor with group_id 0, or 'members' of a group. A check would cost an eighth of a create.
    list text collate "C" not null,
    group_id bigint not null,
    slot int not null,
    rows bigint not null,
    version bigint not null,
    constraint row_count_pkey primary key (vendor, list, group_id, slot)
) with (fillfactor = 50);

-- Connections that open together have consecutive ids, and so different slots.
create function row_count_slot() returns int language sql stable return pg_backend_pid() % 64;

-- Random steps of versions: also in a database that is restored to an earlier point, no version comes again.
create function row_count_step() returns bigint language sql volatile return 1 + floor(random() * 4294967296)::bigint;

-- Writes call these functions often, and a search path of their own would cost each call time. So they name the schema.
do $do$ begin execute replace($sql$

create function SCHEMA.row_count_add(of_vendor text, of_list text, of_group bigint, added bigint) returns void
language plpgsql as $$
begin
    insert into SCHEMA.row_count as c (vendor, list, group_id, slot, rows, version)
    values (of_vendor, of_list, of_group, SCHEMA.row_count_slot(), added, SCHEMA.row_count_step())
    on conflict (vendor, list, group_id, slot)
    do update set rows = c.rows + excluded.rows, version = c.version + excluded.version;
end
$$;

-- In a cluster, a trigger runs on the shard of the vendor and cannot join the changed rows with a distributed table. So
-- each trigger adds up the changes first, and then adds to one list after the other, in the order of all other triggers.
create function SCHEMA.row_count_groups() returns trigger language plpgsql as $$
declare change record;
begin
    if tg_op = 'UPDATE' then
        -- The names of groups also order the customers of the vendor, so that list has a new version too.
        perform SCHEMA.row_count_add(vendor, list, 0, rows) from (
            select r.vendor, list, sum(r.rows) as rows
            from old_rows o join new_rows n using (id), unnest(array['customers', 'groups']) list,
                lateral (values (o.vendor, -1), (n.vendor, 1)) r (vendor, rows)
            where (o.vendor, o.name) is distinct from (n.vendor, n.name)
            group by r.vendor, list order by r.vendor, list) c;
    -- A group that exists already is created often, and this check is faster than the sum of no rows.
    elsif exists (select from changed) then
        perform SCHEMA.row_count_add(vendor, 'groups', 0, rows) from (
            select vendor, case tg_op when 'INSERT' then 1 else -1 end * count(*) as rows
            from changed group by vendor order by vendor) c;
    end if;
    if tg_op = 'DELETE' then
        for change in select vendor, id from changed order by vendor, id loop
            delete from SCHEMA.row_count where vendor = change.vendor and list = 'members' and group_id = change.id;
        end loop;
    end if;
    return null;
end
$$;

create function SCHEMA.row_count_customers() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        perform SCHEMA.row_count_add(vendor, list, group_id, rows) from (
            select r.vendor, list, l.group_id, sum(r.rows) as rows
            from old_rows o join new_rows n using (id),
                lateral (values (o.vendor, o.group_id, -1), (n.vendor, n.group_id, 1)) r (vendor, group_id, rows),
                lateral (values ('customers', 0), ('members', r.group_id)) l (list, group_id)
            where (o.vendor, o.group_id, o.name) is distinct from (n.vendor, n.group_id, n.name) and l.group_id is not null
            group by r.vendor, list, l.group_id order by r.vendor, list, l.group_id) c;
    else
        perform SCHEMA.row_count_add(vendor, list, group_id, rows) from (
            select vendor, list, l.group_id, case tg_op when 'INSERT' then 1 else -1 end * count(*) as rows
            from changed r, lateral (values ('customers', 0), ('members', r.group_id)) l (list, group_id)
            where l.group_id is not null group by vendor, list, l.group_id order by vendor, list, l.group_id) c;
    end if;
    return null;
end
$$;

$sql$, 'SCHEMA.', quote_ident(current_schema()) || '.'); end $do$;

create trigger row_count_insert after insert on customer_group referencing new table as changed execute function row_count_groups();
create trigger row_count_delete after delete on customer_group referencing old table as changed execute function row_count_groups();
create trigger row_count_update after update on customer_group referencing old table as old_rows new table as new_rows
    execute function row_count_groups();

create trigger row_count_insert after insert on customer referencing new table as changed execute function row_count_customers();
create trigger row_count_delete after delete on customer referencing old table as changed execute function row_count_customers();
create trigger row_count_update after update on customer referencing old table as old_rows new table as new_rows
    execute function row_count_customers();

create function row_count_truncate() returns trigger language plpgsql set search_path from current as $$
begin
    delete from row_count where list = 'members' and tg_table_name = 'customer_group';
    update row_count set rows = 0, version = version + row_count_step()
    where (list = 'groups') = (tg_table_name = 'customer_group');
    return null;
end
$$;
create trigger row_count_truncate after truncate on customer_group execute function row_count_truncate();
create trigger row_count_truncate after truncate on customer execute function row_count_truncate();

-- What the service answers when a client sends a change again with the same idempotency key. See docs/adr/0011.
create table stored_response (
    vendor text not null,
    idempotency_key text collate "C" not null,
    fingerprint bytea not null,
    response bytea not null,
    created_at timestamptz not null default now(),
    constraint stored_response_pkey primary key (vendor, idempotency_key)
);
alter table stored_response alter column vendor set statistics 0;
create index stored_response_vendor_created_at_idx on stored_response (vendor, created_at);

-- Bitkeys that the command "keys create" makes. The text of a key is not stored, only its SHA-256.
create table bitkey (
    vendor text collate "C" not null,
    name text collate "C" not null,
    digest bytea not null,
    read_only boolean not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_on date,
    constraint bitkey_pkey primary key (vendor, name)
);
