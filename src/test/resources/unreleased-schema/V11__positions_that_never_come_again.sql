-- A position never comes again, also not in a database that was restored to an earlier point: a reader that has gone on to a
-- later point must be told that its change does not exist. So the low bits of a position are random, as the steps of
-- versions are (V7). Where the sequence begins again, or its 40 bits end, the next era begins.
create or replace function change_order() returns trigger language plpgsql security definer as $$
declare
    last record;
begin
    select era, position into last from change where vendor = new.vendor order by era desc, position desc limit 1;
    -- Readers rely on it that a transaction has its id before it has a position.
    perform pg_current_xact_id();
    new.position := ((nextval('change_position_seq') & 1099511627775) << 23) | floor(random() * 8388608)::bigint;
    new.era := coalesce(last.era, 0) + coalesce(last.position >= new.position, false)::int;
    new.recorded_at := clock_timestamp();
    return new;
end
$$;

-- A user of the database can create temporary tables. PostgreSQL looks for a table there first, unless the search path says
-- otherwise. So each function that keeps a search path looks there last. Citus refuses "from current" in this command.
do $$
declare
    function text;
begin
    foreach function in array array['change_order()', 'tally_add(text, bigint, bigint)', 'tally_groups()', 'tally_customers()'] loop
        execute format('alter function %s set search_path to %I, pg_temp', function, current_schema());
    end loop;
end
$$;
