-- The history of changes, all of the option history/ in the database. See docs/adr/0030. Flyway runs this file at the end of
-- each migration, also when there is nothing to migrate. It does nothing to a database that is as it should be. The value
-- of the placeholder is backoffice.history, or "remove" for schema migrate --remove-history.

do $do$
declare
    -- The functions name the schema, as in V1__schema.sql. The item is as the API shows it.
    functions text = replace($sql$
create or replace function SCHEMA.history_item(g SCHEMA.customer_group) returns json language sql stable as $$
    select json_strip_nulls(json_build_object('name', g.name))
$$;

create or replace function SCHEMA.history_item(c SCHEMA.customer) returns json language sql stable as $$
    select json_strip_nulls(json_build_object('name', c.name, 'groupName',
            (select g.name from SCHEMA.customer_group g where g.vendor = c.vendor and g.id = c.group_id),
        'description', c.description, 'regDate', to_char(c.reg_date, 'YYYY-MM-DD HH24:MI:SS'), 'officeNumber', c.office_number,
        'mobileNumber', c.mobile_number, 'email', c.email, 'address', c.address, 'city', c.city, 'country', c.country,
        'postcode', c.postcode, 'contact', c.contact, 'referenceId', c.reference_id))
$$;

-- The statement of a change sets backoffice.actor to who makes it, as a JSON object. A person can set it to a text.
create or replace function SCHEMA.history_record() returns trigger language plpgsql as $$
declare
    of_vendor text = coalesce(new.vendor, old.vendor);
    setting text = coalesce(nullif(current_setting('backoffice.actor', true), ''), 'SQL');
    actor jsonb = case when setting like '{%' then setting::jsonb else jsonb_build_object('call', setting) end;
    was json = case when tg_op <> 'INSERT' then SCHEMA.history_item(old) end;
    becomes json = case when tg_op <> 'DELETE' then SCHEMA.history_item(new) end;
    expired timestamptz = now() - make_interval(secs => (actor ->> 'retention')::float8);
begin
    insert into SCHEMA.history (vendor, item_id, type, who, before, after)
    values (of_vendor, coalesce(new.id, old.id), tg_argv[0] || case when was is null then 'created' when becomes is null then 'deleted'
        when tg_argv[0] = 'group.' then 'renamed'
        when was ->> 'groupName' is distinct from becomes ->> 'groupName' then 'moved'
        when was ->> 'name' <> becomes ->> 'name' then 'renamed' else 'changed' end,
        actor - 'retention', was, becomes);
    -- Some changes delete old rows of their vendor, more than they add, so the service needs no scheduled job.
    if random() < 0.015625 and expired > (select changed_at from SCHEMA.history where vendor = of_vendor order by id limit 1)
    then
        delete from SCHEMA.history h using (
            select id from SCHEMA.history where vendor = of_vendor order by id limit 256 for update skip locked) oldest
        where h.vendor = of_vendor and h.id = oldest.id and h.changed_at < expired;
    end if;
    return null;
end
$$;
$sql$, 'SCHEMA.', quote_ident(current_schema()) || '.');
    version text = md5(functions);
    triggers int;
begin
-- Of processes that start together, one does it.
perform pg_advisory_xact_lock(advisory_lock_id('5', 'history'));
select count(*) from pg_trigger where tgrelid in (to_regclass('customer_group'), to_regclass('customer'))
    and tgname in ('history_insert', 'history_update') and tgenabled in ('O', 'A') into triggers;

if '${history}' = 'remove' then
    -- The triggers go with their function. The rows stay.
    drop function if exists history_record() cascade;
    return;
elsif not '${history}'::boolean then
    if triggers > 0 then
        raise warning 'The database records changes, although backoffice.history is off here. Changes of this process are recorded as SQL by hand, without call and key, and delete no old rows. To stop it, run schema migrate --remove-history.';
    end if;
    return;
elsif exists (select from pg_extension where extname = 'citus') then
    raise exception 'The history does not work on a Citus cluster. Set backoffice.history to off.';
elsif triggers = 4 and to_regclass('history') is not null
    and obj_description(to_regprocedure('history_record()'), 'pg_proc') = version then
    return;
end if;

-- Otherwise, Flyway would log that the table exists.
set local client_min_messages = warning;
-- One row for each group and each customer that a statement has changed.
create table if not exists history (
    vendor text not null,
    id bigint generated always as identity,
    changed_at timestamptz not null default clock_timestamp(),
    type text collate "C" not null,
    who jsonb not null,
    before json,
    after json,
    constraint history_pkey primary key (vendor, id)
);
-- The group or customer, so that its changes are found under all its names. Versions before had no such column.
alter table history add column if not exists item_id bigint;
alter table history alter column vendor set statistics 0;

execute functions;
execute format('comment on function history_record() is %L', version);

create or replace trigger history_insert after insert or delete on customer_group for each row execute function history_record('group.');
create or replace trigger history_update after update on customer_group for each row when (old.name is distinct from new.name)
    execute function history_record('group.');
create or replace trigger history_insert after insert or delete on customer for each row execute function history_record('customer.');
create or replace trigger history_update after update on customer for each row when (old.* is distinct from new.*)
    execute function history_record('customer.');
end
$do$;
