-- The schema of the service. After the first release, this file stays as it is, and new migrations add to it.
-- Each key and each index begins with the vendor, so that all rows of a vendor can be on one node of a cluster. See
-- docs/adr/0027. The collation "C" compares and orders texts by code point. The vendor has it too, because a function that
-- compares all its parameters by one collation would otherwise miss the indexes.

-- A function that names a table keeps this search path or names the schema, because a worker of a cluster executes it with
-- another path. A user of the database can create temporary tables, and PostgreSQL looks there first unless pg_temp stands
-- last.
do $$ begin perform set_config('search_path', format('%I, pg_temp', current_schema()), true); end $$;

-- An index alone answers for rows that a vacuum has seen. By default, a vacuum would wait for a fifth of the table.
create table customer_group (
    vendor text collate "C" not null,
    id bigint generated always as identity,
    name text collate "C" not null,
    created_at timestamptz not null default now(),
    constraint customer_group_pkey primary key (vendor, id),
    constraint customer_group_name_key unique (vendor, name)
) with (autovacuum_vacuum_insert_scale_factor = 0.02);

create table customer (
    vendor text collate "C" not null,
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
) with (autovacuum_vacuum_insert_scale_factor = 0.02);

-- Statistics would mislead the planner about a vendor that they do not know yet. See docs/adr/0014.
alter table customer_group alter column vendor set statistics 0;
alter table customer alter column vendor set statistics 0;

-- A search by name reads from this index alone which rows a page has. With the group among its columns, it finds a customer
-- in one step, also when each of 100,000 groups has one with that name. The planner may prefer it to the unique constraint.
-- It is unique too, because the check of a new row removes the dead entries of the same key. Customers that move to and fro
-- would let the index grow until the next vacuum.
create unique index customer_vendor_name_group_idx on customer (vendor, name, group_id) include (id) nulls not distinct;
create index customer_vendor_reg_date_idx on customer (vendor, reg_date);

-- Customers without a referenceId are not in the index, so a change of them does not write to it.
create unique index customer_reference_id_key on customer (vendor, reference_id) where reference_id is not null;

-- How many rows each list has that clients page through, so that the total of a whole list needs no count. A long list is
-- cut into ranges of names, so that a page at any offset skips the rows of one range at most. A statement that changes a
-- list adds to one of the slots of a range, so that writers of different connections seldom wait for each other. See
-- docs/adr/0006 and 0007.
create table row_count (
    vendor text collate "C" not null,
    -- 'groups' or 'customers' of the vendor with group_id 0, or 'members' of a group. A check would cost an eighth of a create.
    list text collate "C" not null,
    group_id bigint not null,
    -- The range has the names from this one on, up to the next range of the list. The first range has the empty text.
    first_name text collate "C" not null default '',
    slot int not null,
    rows bigint not null,
    -- Whether the range is the only one of the list. Most lists are short, and a change of one does not look for its range.
    is_whole_list boolean not null default true,
    constraint row_count_pkey primary key (vendor, list, group_id, first_name, slot)
) with (fillfactor = 50);

-- With statistics, each execution of a statement below would make a plan of its own.
alter table row_count alter column vendor set statistics 0, alter column list set statistics 0,
    alter column group_id set statistics 0, alter column first_name set statistics 0, alter column slot set statistics 0;

-- The slot of this connection. Each count of rows asks for it. Connections that open together have consecutive ids, and so
-- different slots.
create function row_count_slot() returns int language sql stable return pg_backend_pid() % 64;

-- The id of an advisory lock. The service, the history and the cut below ask for it. Its first hexadecimal digit is the
-- purpose: 1 and 2 for row counts, 3 for referenceIds, 4 for idempotency keys, 5 for the history. The others are of the SHA-256
-- of a text, so that no client can choose a text that has the lock of another one. PostgreSQL inlines the function as long as
-- it is stable.
create function advisory_lock_id(purpose text, locked text) returns bigint language sql stable return
    cast(cast('x' || purpose || left(encode(sha256(convert_to(locked, 'UTF8')), 'hex'), 15) as bit(64)) as bigint);

-- Each change of a list shares this lock of its vendor until the commit. A cut of a list holds it exclusively. SHA-256 would
-- cost a create a twentieth of its time. A hash will do here, because no client chooses the name of a vendor.
create function row_count_lock(of_vendor text) returns bigint language sql immutable
    return (hashtextextended(of_vendor, 0) & ((1::bigint << 60) - 1)) + (1::bigint << 60);

-- Whether a count has passed a multiple of 1,024 with the rows that were added. Each count of rows asks it. It is inlined.
create function row_count_passed_mark(counted bigint, added bigint) returns boolean language sql immutable
    return counted >> 10 > counted - added >> 10;

-- Writes call these functions often, and a search path of their own would cost each call time. So they name the schema. The
-- ones that read or write a table are in PL/pgSQL, because a cluster cannot plan a statement of a function in SQL.
do $do$ begin execute replace($sql$

-- Runs when counts have passed a mark: asks for a cut at the commit. A condition in the trigger of row_count_cut
-- would cost each create an eighth of its time, so the trigger is for a column that this statement sets.
create function SCHEMA.row_count_cut_at_commit(of_vendor text, of_list text, of_group bigint, ranges text[]) returns void
language plpgsql set enable_seqscan = off as $$
begin
    update SCHEMA.row_count set is_whole_list = is_whole_list
    where vendor = of_vendor and list = of_list and group_id = of_group and first_name = any (ranges)
        and slot = SCHEMA.row_count_slot();
end
$$;

-- Runs when a slot counts rows of a list for the first time: whether the list has several ranges. PostgreSQL keeps the plan
-- of a statement. One that was made for few row counts reads all of them, also when they are many.
-- "on conflict" always uses the index. The setting makes other statements do so, but costs each call of a function time.
create function SCHEMA.row_count_is_cut(of_vendor text, of_list text, of_group bigint) returns boolean
language plpgsql set enable_seqscan = off as $$
begin
    return exists (select from SCHEMA.row_count
        where vendor = of_vendor and list = of_list and group_id = of_group and first_name > '');
end
$$;

-- Runs for a list of several ranges, and when a slot counts rows of a list for the first time: adds rows to their ranges.
create function SCHEMA.row_count_add_to_ranges(
    of_vendor text, of_list text, of_group bigint, added bigint, names text[], rows_of_names bigint[], is_first_of_slot boolean)
    returns void
language plpgsql as $$
declare
    grown text[];
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise feature_not_supported using message = 'Changes of groups and customers need the isolation level read committed.';
    end if;
    if is_first_of_slot then
        if not SCHEMA.row_count_is_cut(of_vendor, of_list, of_group) then
            return;
        end if;
        update SCHEMA.row_count set rows = rows - added, is_whole_list = false
        where vendor = of_vendor and list = of_list and group_id = of_group and first_name = '' and slot = SCHEMA.row_count_slot();
    end if;
    with changed as (
        select range.first_name, sum(n.rows)::bigint as rows from unnest(names, rows_of_names) n (name, rows) cross join lateral (
            select r.first_name from SCHEMA.row_count r
            where r.vendor = of_vendor and r.list = of_list and r.group_id = of_group and r.first_name <= n.name
            order by r.first_name desc limit 1) range
        group by range.first_name order by range.first_name
    ), counted as (
        insert into SCHEMA.row_count as c (vendor, list, group_id, first_name, slot, rows, is_whole_list)
        select of_vendor, of_list, of_group, first_name, SCHEMA.row_count_slot(), rows, false from changed
        on conflict (vendor, list, group_id, first_name, slot) do update set rows = c.rows + excluded.rows
        returning c.first_name, c.rows
    )
    select array_agg(first_name) into grown from counted join changed using (first_name)
    where SCHEMA.row_count_passed_mark(counted.rows, changed.rows);
    if grown is not null then
        perform SCHEMA.row_count_cut_at_commit(of_vendor, of_list, of_group, grown);
    end if;
end
$$;

-- Runs for each list that a statement changes: adds rows to its count.
create function SCHEMA.row_count_add(
    of_vendor text, of_list text, of_group bigint, added bigint, names text[], rows_of_names bigint[]) returns void
language plpgsql as $$
declare
    -- With this lock, the next statement sees each range as it stays until the commit. An expression is faster than "perform".
    lock text = cast(pg_advisory_xact_lock_shared(SCHEMA.row_count_lock(of_vendor)) as text);
    is_first_of_slot boolean;
    counted bigint;
begin
    insert into SCHEMA.row_count as c (vendor, list, group_id, slot, rows)
    values (of_vendor, of_list, of_group, SCHEMA.row_count_slot(), added)
    on conflict (vendor, list, group_id, first_name, slot) do update set rows = c.rows + added where c.is_whole_list
    returning xmax = 0, rows into is_first_of_slot, counted;
    if SCHEMA.row_count_passed_mark(counted, added) then
        perform SCHEMA.row_count_cut_at_commit(of_vendor, of_list, of_group, array['']);
    end if;
    -- It is null when the row of the slot counts for a range.
    if is_first_of_slot is distinct from false then
        perform SCHEMA.row_count_add_to_ranges(of_vendor, of_list, of_group, added, names, rows_of_names, is_first_of_slot);
    end if;
end
$$;

-- Runs after each statement that changes groups. In a cluster, a trigger runs on the shard of the vendor and cannot join the
-- changed rows with a distributed table. So each trigger adds up the changes first, and then adds to one list after the other,
-- in the order of all other triggers. The sum of a single row would cost a tenth of a create.
create function SCHEMA.row_count_groups() returns trigger language plpgsql as $$
declare
    added bigint = case tg_op when 'DELETE' then -1 else 1 end;
    change record;
begin
    if tg_op = 'UPDATE' then
        perform SCHEMA.row_count_add(vendor, 'groups', 0, sum(rows)::bigint, array_agg(name), array_agg(rows)) from (
            select r.* from old_rows o join new_rows n using (id),
                lateral (values (o.vendor, o.name, -1::bigint), (n.vendor, n.name, 1)) r (vendor, name, rows)
            where (o.vendor, o.name) is distinct from (n.vendor, n.name)) c
        group by vendor order by vendor;
    elsif exists (select from changed offset 1) then
        perform SCHEMA.row_count_add(vendor, 'groups', 0, sum(added)::bigint, array_agg(name), array_agg(added))
        from changed group by vendor order by vendor;
    else
        perform SCHEMA.row_count_add(vendor, 'groups', 0, added, array[name], array[added]) from changed;
    end if;
    if tg_op = 'DELETE' then
        for change in select vendor, id from changed order by vendor, id loop
            delete from SCHEMA.row_count where vendor = change.vendor and list = 'members' and group_id = change.id;
        end loop;
    end if;
    return null;
end
$$;

-- Runs after each statement that changes customers.
create function SCHEMA.row_count_customers() returns trigger language plpgsql as $$
declare
    added bigint = case tg_op when 'DELETE' then -1 else 1 end;
begin
    if tg_op = 'UPDATE' then
        perform SCHEMA.row_count_add(vendor, list, group_id, sum(rows)::bigint, array_agg(name), array_agg(rows)) from (
            with moved as materialized (
                select o.vendor, o.group_id, o.name, n.vendor as new_vendor, n.group_id as new_group_id, n.name as new_name,
                    (o.vendor, o.name) is distinct from (n.vendor, n.name) as is_renamed
                from old_rows o join new_rows n using (id)
                where (o.vendor, o.name) is distinct from (n.vendor, n.name) or o.group_id is distinct from n.group_id)
            select vendor, 'members' as list, group_id, name, -1::bigint as rows from moved where group_id is not null
            union all select new_vendor, 'members', new_group_id, new_name, 1 from moved where new_group_id is not null
            union all select vendor, 'customers', 0, name, -1 from moved where is_renamed
            union all select new_vendor, 'customers', 0, new_name, 1 from moved where is_renamed) c
        group by vendor, list, group_id order by vendor, list, group_id;
    elsif exists (select from changed offset 1) then
        perform SCHEMA.row_count_add(vendor, list, l.group_id, sum(added)::bigint, array_agg(name), array_agg(added))
        from changed r, lateral (values ('customers', 0), ('members', r.group_id)) l (list, group_id)
        where l.group_id is not null group by vendor, list, l.group_id order by vendor, list, l.group_id;
    else
        perform SCHEMA.row_count_add(vendor, list, l.group_id, added, array[name], array[added])
        from changed r, lateral (values ('customers', 0), ('members', r.group_id)) l (list, group_id)
        where l.group_id is not null;
    end if;
    return null;
end
$$;

-- Runs at the commit, when counts have passed a mark: cuts the first 100,000 rows from a range of over 200,000. Equal names
-- stay in one range. The transaction waits for nothing while it holds the lock. If others hold the lock for longer, a later
-- change cuts the range, and until then pages of this range are slower. The index has the order, but before a vacuum the
-- planner would rather sort.
create function SCHEMA.row_count_cut() returns trigger language plpgsql set lock_timeout = '100ms' set enable_sort = off as $$
declare
    list_rows text = quote_ident(tg_table_schema) || '.' || case new.list
        when 'groups' then 'customer_group where vendor = $1'
        when 'customers' then 'customer where vendor = $1'
        else 'customer where vendor = $1 and group_id = $2' end;
    is_locked boolean = false;
    total bigint;
    kept bigint;
    next_name text;
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        -- An older snapshot misses what others have counted meanwhile. A later change cuts the range.
        return null;
    end if;
    loop
        select sum(rows) into total from SCHEMA.row_count
        where vendor = new.vendor and list = new.list and group_id = new.group_id and first_name = new.first_name;
        exit when coalesce(total, 0) <= 200000;
        if not is_locked then
            -- Two that share the lock and both wait to hold it alone would wait for each other.
            exit when not pg_try_advisory_xact_lock(SCHEMA.advisory_lock_id('2', new.vendor));
            begin
                perform pg_advisory_xact_lock(SCHEMA.row_count_lock(new.vendor));
            exception when lock_not_available then
                exit;
            end;
            is_locked = true;
            continue;
        end if;
        execute 'select min(name) from ' || list_rows || ' and name > '
            || '(select name from ' || list_rows || ' and name >= $3 order by name offset 99999 limit 1)'
        into next_name using new.vendor, new.group_id, new.first_name;
        exit when next_name is null or exists (select from SCHEMA.row_count
            where vendor = new.vendor and list = new.list and group_id = new.group_id
            and first_name > new.first_name and first_name <= next_name);
        execute 'select count(*) from ' || list_rows || ' and name >= $3 and name < $4'
        into kept using new.vendor, new.group_id, new.first_name, next_name;
        delete from SCHEMA.row_count
        where vendor = new.vendor and list = new.list and group_id = new.group_id and first_name = new.first_name;
        insert into SCHEMA.row_count (vendor, list, group_id, first_name, slot, rows, is_whole_list)
        values (new.vendor, new.list, new.group_id, new.first_name, new.slot, kept, false),
            (new.vendor, new.list, new.group_id, next_name, new.slot, total - kept, false);
        new.first_name = next_name;
    end loop;
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

create constraint trigger row_count_cut after update of is_whole_list on row_count deferrable initially deferred
    for each row execute function row_count_cut();

-- Runs after a truncate, which only an operator makes: all counts of the table begin again.
create function row_count_truncate() returns trigger language plpgsql set search_path from current as $$
begin
    delete from row_count where list <> 'groups' or tg_table_name = 'customer_group';
    return null;
end
$$;
create trigger row_count_truncate after truncate on customer_group execute function row_count_truncate();
create trigger row_count_truncate after truncate on customer execute function row_count_truncate();

-- What the service answers when a client sends a change again with the same idempotency key. See docs/adr/0011.
create table stored_response (
    vendor text collate "C" not null,
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
    constraint bitkey_pkey primary key (vendor, name),
    constraint bitkey_digest_key unique (digest),
    constraint bitkey_digest_check check (octet_length(digest) = 32)
);
