-- Changes the schema of an unreleased version (migrations V1 to V11) into that of V1__schema.sql, in one transaction. The
-- service then applies later migrations. This file renames tables and columns, and does not rewrite the rows of
-- customers. See docs/maintaining/schema.md.
--
-- Stop the service, and run this file with psql as the owner of the tables:
--     psql -v ON_ERROR_STOP=1 -f upgrade_unreleased_schema.sql
-- For tables in another schema than public, set PGOPTIONS='-c search_path=…' before. A version of before cannot run on the
-- new schema. This file is not for a Citus cluster: use the commands export and import there.

begin;

do $$
begin
    if exists (select from pg_extension where extname = 'citus') then
        raise exception 'On a Citus cluster, export the data with the version before, and import it into a new database.';
    end if;
    if not exists (select from flyway_schema_history where script = 'V11__positions_that_never_come_again.sql' and success) then
        raise exception 'Only a schema with the migrations V1 to V11 can be upgraded.';
    end if;
    -- Functions keep this search path, as those of V1__schema.sql do.
    perform set_config('search_path', format('%I, pg_temp', current_schema()), true);
end $$;

lock table customer_group, customer, tally, replay, change in access exclusive mode;

alter table change rename column request_id to idempotency_key;

alter table replay rename to stored_response;
alter table stored_response rename column request_id to idempotency_key;
alter table stored_response rename column answer to response;
alter index replay_vendor_created_at_idx rename to stored_response_vendor_created_at_idx;

create table row_count (
    vendor text not null,
    list text collate "C" not null,
    group_id bigint not null,
    slot int not null,
    rows bigint not null,
    version bigint not null,
    constraint row_count_pkey primary key (vendor, list, group_id, slot)
) with (fillfactor = 50);

insert into row_count (vendor, list, group_id, slot, rows, version)
select vendor, case list when 0 then 'groups' when -1 then 'customers' else 'members' end, greatest(list, 0), slot, total,
    version
from tally;

do $$
declare
    each record;
begin
    for each in
        select privilege_type, case grantee when 0 then 'public' else grantee::regrole::text end as grantee
        from pg_class, aclexplode(relacl) where oid = 'tally'::regclass
    loop
        execute format('grant %s on row_count to %s', each.privilege_type, each.grantee);
    end loop;
    -- The primary key, and from PostgreSQL 18 on the constraints of columns that are not null.
    for each in
        select conname from pg_constraint where conrelid = 'stored_response'::regclass
    loop
        execute format('alter table stored_response rename constraint %I to %I', each.conname,
            replace(replace(replace(each.conname, 'replay', 'stored_response'), 'request_id', 'idempotency_key'),
                'answer', 'response'));
    end loop;
end $$;

alter table customer drop constraint customer_reference_id_key;
create unique index customer_reference_id_key on customer (vendor, reference_id) where reference_id is not null;

-- The triggers go with their functions.
drop function tally_groups(), tally_customers(), tally_nothing() cascade;
drop function tally_add(text, bigint, bigint);
drop table tally;
alter function tally_slot() rename to row_count_slot;
alter function tally_step() rename to row_count_step;

-- From here to the history: as in V1__schema.sql.

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

-- Flyway counts V1 as applied, and applies later migrations.
delete from flyway_schema_history where version is not null;
insert into flyway_schema_history
    (installed_rank, version, description, type, script, installed_by, installed_on, execution_time, success)
values (1, '1', '<< Flyway Baseline >>', 'BASELINE', '<< Flyway Baseline >>', current_user, now(), 0, true);

commit;
