-- The record of changes, all of the option changes/ in the database. See docs/adr/0030. An unreleased version has the table
-- already, so this file creates what is missing.

-- As in V1__schema.sql.
do $$ begin perform set_config('search_path', format('%I, pg_temp', current_schema()), true); end $$;

-- One row for each statement that changes groups or customers, or more rows for a large statement.
create table if not exists change (
    vendor text not null,
    -- Another node of a cluster can get the rows of the vendor. It counts its own positions, in the next era.
    era int not null,
    position bigint generated always as identity,
    recorded_at timestamptz not null,
    call text collate "C" not null,
    bitkey text collate "C",
    correlation_id text collate "C",
    idempotency_key text collate "C",
    changes jsonb not null,
    constraint change_pkey primary key (vendor, era, position)
);
alter table change alter column vendor set statistics 0;

-- A statement records its changes after it has locked their rows, so positions are in the order of the locks. The low
-- bits of a position are random: also in a database that is restored to an earlier point, no position comes again. The
-- next era begins where the sequence begins again, or where its 40 bits end. The user of the service may not use it.
create or replace function change_order() returns trigger language plpgsql security definer set search_path from current as $$
declare
    last record;
begin
    select era, position into last from change where vendor = new.vendor order by era desc, position desc limit 1;
    -- A transaction must have its id before it has a position, because readers compare the ids of transactions.
    perform pg_current_xact_id();
    new.position := ((nextval('change_position_seq') & 1099511627775) << 23) | floor(random() * 8388608)::bigint;
    new.era := coalesce(last.era, 0) + coalesce(last.position >= new.position, false)::int;
    new.recorded_at := clock_timestamp();
    return new;
end
$$;
create or replace trigger change_order before insert on change for each row execute function change_order();

-- Records the events of a statement, by the setting changes.call. The service sets it to a JSON object in each of its
-- transactions. A person can set it to a text. From time to time, it has the retention in seconds: older rows are deleted
-- then, but never the newest one. The oldest rows come first, so no row that stays is read, apart from the last of them.
create function change_record(of_vendor text, events text) returns void language plpgsql set search_path from current as $$
declare
    setting text = current_setting('changes.call');
    origin jsonb = case when setting like '{%' then setting::jsonb else jsonb_build_object('call', setting) end;
begin
    insert into change (vendor, call, bitkey, correlation_id, idempotency_key, changes)
    values (of_vendor, coalesce(origin ->> 'call', 'SQL'), origin ->> 'bitkey', origin ->> 'correlationId',
        origin ->> 'idempotencyKey', ('[' || events || ']')::jsonb);
    if origin ? 'retention' then
        delete from change c using (
            select era, position, recorded_at from change where vendor = of_vendor
            order by era, position limit 256 for update skip locked) oldest
        where c.vendor = of_vendor and c.era = oldest.era and c.position = oldest.position
            and oldest.recorded_at < now() - make_interval(secs => (origin ->> 'retention')::float8);
    end if;
end
$$;

-- The parts of events. They are texts and not jsonb, because that is three times as fast. What is null is left out.
create function change_event(type text, before text, after text) returns text language sql stable as $$
    select '{"type":"' || type || '"' || coalesce(',"before":' || before, '') || coalesce(',"after":' || after, '') || '}'
$$;

create function change_group(name text) returns text language sql stable as $$ select '{"name":' || to_json(name) || '}' $$;

create function change_customer_key(name text, group_name text) returns text language sql stable
as $$ select '{"name":' || to_json(name) || coalesce(',"groupName":' || to_json(group_name), '') || '}' $$;

create function change_customer(name text, group_name text, description text, reg_date timestamp, office_number text,
    mobile_number text, email text, address text, city text, country text, postcode text, contact text, reference_id text)
returns text language sql stable as $$
    select '{' || concat_ws(',', '"name":' || to_json(name), '"groupName":' || to_json(group_name),
        '"description":' || to_json(description), '"regDate":' || replace(to_json(reg_date)::text, 'T', ' '),
        '"officeNumber":' || to_json(office_number), '"mobileNumber":' || to_json(mobile_number),
        '"email":' || to_json(email), '"address":' || to_json(address), '"city":' || to_json(city),
        '"country":' || to_json(country), '"postcode":' || to_json(postcode), '"contact":' || to_json(contact),
        '"referenceId":' || to_json(reference_id)) || '}'
$$;

-- The names of groups, by id. Their locks put the changes before or after each rename and deletion of a group. In a cluster,
-- a trigger cannot join the changed rows with a distributed table, so it calls this function with their groups.
create function change_group_names(vendors text[], ids bigint[]) returns jsonb language plpgsql set search_path from current as $$
declare
    of_vendor text;
    names jsonb = '{}';
begin
    for of_vendor in select distinct unnest(vendors) loop
        select names || coalesce(jsonb_object_agg(g.id, g.name), '{}') into names from (
            select id, name from customer_group where vendor = of_vendor and id = any (ids) for key share) g;
    end loop;
    return names;
end
$$;

-- The events of a statement are in the order in which it has changed the rows, so that each of them fits a copy.
create function change_groups() returns trigger language plpgsql set search_path from current as $$
declare each record;
begin
    if tg_op = 'UPDATE' then
        for each in
            select vendor, string_agg(change_event(
                case when o.id is null then 'group.created' when n.id is null then 'group.deleted' else 'group.renamed' end,
                change_group(o.name), change_group(n.name)), ',' order by n.place) as events
            from old_rows o full join (select *, row_number() over () as place from new_rows) n using (vendor, id)
            where o.name is distinct from n.name group by vendor order by vendor
        loop perform change_record(each.vendor, each.events); end loop;
    else
        for each in
            select vendor, string_agg(case tg_op
                when 'INSERT' then change_event('group.created', null, change_group(name))
                else change_event('group.deleted', change_group(name), null) end, ',' order by place) as events
            from (select *, row_number() over () as place from changed) c group by vendor order by vendor
        loop perform change_record(each.vendor, each.events); end loop;
    end if;
    return null;
end
$$;

-- A row of the record has about two megabytes at most, so that a large statement is never in memory as one value. A change
-- that no single event can tell is a deletion and a creation. With "offset 0", PostgreSQL composes each event only once.
create function change_customers() returns trigger language plpgsql set search_path from current as $$
declare
    groups jsonb;
    each record;
begin
    if tg_op = 'UPDATE' then
        select change_group_names(array_agg(vendor), array_agg(group_id)) into groups
        from (select vendor, group_id from old_rows union select vendor, group_id from new_rows) r where group_id is not null;
        for each in
            select vendor, string_agg(event, ',' order by place) as events
            from (
                select vendor, place, event, sum(octet_length(event)) over (rows unbounded preceding) / 2000000 as part
                from (
                    select vendor, place, case
                        when same and not stays then change_event('customer.moved',
                            change_customer_key(o.name, groups ->> o.group_id::text),
                            change_customer_key(n.name, groups ->> n.group_id::text))
                        when stays then change_event('customer.changed', before, after)
                        when o.id is null then change_event('customer.created', null, after)
                        when n.id is null then change_event('customer.deleted', before, null)
                        else change_event('customer.deleted', before, null) || ','
                            || change_event('customer.created', null, after) end as event
                    from old_rows o
                    full join (select *, row_number() over () as place from new_rows) n using (vendor, id),
                    lateral (select
                        (o.name, o.description, o.reg_date, o.office_number, o.mobile_number, o.email,
                            o.address, o.city, o.country, o.postcode, o.contact, o.reference_id)
                        is not distinct from
                        (n.name, n.description, n.reg_date, n.office_number, n.mobile_number, n.email,
                            n.address, n.city, n.country, n.postcode, n.contact, n.reference_id) as same,
                        (o.name, o.group_id) is not distinct from (n.name, n.group_id) as stays,
                        change_customer(o.name, groups ->> o.group_id::text, o.description, o.reg_date,
                            o.office_number, o.mobile_number, o.email, o.address, o.city, o.country, o.postcode,
                            o.contact, o.reference_id) as before,
                        change_customer(n.name, groups ->> n.group_id::text, n.description, n.reg_date,
                            n.office_number, n.mobile_number, n.email, n.address, n.city, n.country, n.postcode,
                            n.contact, n.reference_id) as after) c
                    where not (same and stays) offset 0) c) e
            group by vendor, part order by vendor, part
        loop perform change_record(each.vendor, each.events); end loop;
    else
        select change_group_names(array_agg(vendor), array_agg(group_id)) into groups
        from (select distinct vendor, group_id from changed) c where group_id is not null;
        for each in
            select vendor, string_agg(event, ',' order by place) as events
            from (
                select vendor, place, event, sum(octet_length(event)) over (rows unbounded preceding) / 2000000 as part
                from (
                    select vendor, place, case tg_op
                        when 'INSERT' then change_event('customer.created', null, customer)
                        else change_event('customer.deleted', customer, null) end as event
                    from (select *, row_number() over () as place from changed) c,
                    lateral (select
                        change_customer(c.name, groups ->> c.group_id::text, c.description, c.reg_date,
                            c.office_number, c.mobile_number, c.email, c.address, c.city, c.country, c.postcode,
                            c.contact, c.reference_id) as customer) item offset 0) e) e
            group by vendor, part order by vendor, part
        loop perform change_record(each.vendor, each.events); end loop;
    end if;
    return null;
end
$$;

-- PostgreSQL parses the condition of a trigger anew in each statement, so the condition is only a call. A function in SQL
-- would be parsed too.
create function change_is_recorded() returns boolean language plpgsql stable as $$
begin
    return current_setting('changes.call', true) <> '';
end
$$;

create trigger change_insert after insert on customer_group referencing new table as changed
    for each statement when (change_is_recorded()) execute function change_groups();
create trigger change_delete after delete on customer_group referencing old table as changed
    for each statement when (change_is_recorded()) execute function change_groups();
create trigger change_update after update on customer_group referencing old table as old_rows new table as new_rows
    for each statement when (change_is_recorded()) execute function change_groups();
create trigger change_insert after insert on customer referencing new table as changed
    for each statement when (change_is_recorded()) execute function change_customers();
create trigger change_delete after delete on customer referencing old table as changed
    for each statement when (change_is_recorded()) execute function change_customers();
create trigger change_update after update on customer referencing old table as old_rows new table as new_rows
    for each statement when (change_is_recorded()) execute function change_customers();
