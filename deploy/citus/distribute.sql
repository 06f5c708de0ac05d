-- Distributes the tables over the nodes of a Citus cluster, so that all rows of a vendor are on one node. The bitkeys are
-- read for all vendors, so each node has them whole. Runs on the coordinator, as the owner of the tables. Changes wait
-- meanwhile. It can run again after a migration that has added tables. See docs/scaling.md and docs/adr/0027.
do $$
declare
    version text = (select extversion from pg_extension where extname = 'citus');
    names text[] = array['customer_group', 'customer', 'row_count', 'stored_response', 'bitkey'];
    missing text = (select string_agg(name, ', ') from unnest(names) name where to_regclass(name) is null);
    tables regclass[];
    each regclass;
    called regprocedure;
begin
    if version is null then
        raise exception 'This database has no Citus. On a plain PostgreSQL, there is nothing to distribute. On a Citus cluster, run "create extension citus" in this database on each node first.';
    elsif split_part(version, '.', 1)::int < 13 then
        raise exception 'Citus % is too old. Install version 13 or newer.', version;
    elsif not exists (select from pg_dist_node where isactive and shouldhaveshards and noderole = 'primary') then
        raise exception 'The cluster has no node for shards. Add one with citus_add_node.';
    elsif exists (select from run_command_on_all_nodes('show citus.enable_unsafe_triggers') where result <> 'on') then
        raise exception 'Row counts need triggers on distributed tables. Set citus.enable_unsafe_triggers = on on each node, and reload the configuration.';
    elsif missing is not null then
        raise exception 'This database has no table %. Run the command "schema migrate" first.', missing;
    elsif exists (select from pg_trigger where tgname = 'history_insert') then
        raise exception 'The history does not work on distributed tables. Set backoffice.history to off, and run schema migrate --remove-history.';
    end if;
    -- Each table comes after the tables that it refers to.
    tables = array(
        select to_regclass(name)
        from unnest(names) with ordinality as t (name, place)
        where to_regclass(name) not in (select logicalrelid from pg_dist_partition)
        order by place);
    if tables = '{}' then
        return;
    end if;
    -- Citus knows the functions of triggers, and not those that they and statements call. It has created these where its
    -- extension was there before them.
    for called in select oid::regprocedure from pg_proc
        where pronamespace = current_schema()::regnamespace and proname ~ '^(row_count_|advisory_lock_id$)' and prorettype <> 'trigger'::regtype
    loop
        perform create_distributed_function(called);
    end loop;
    execute 'lock table ' || array_to_string(tables, ', ') || ' in access exclusive mode';
    -- Citus does not support triggers on truncate. Nothing in the service truncates a table.
    drop trigger if exists row_count_truncate on customer_group;
    drop trigger if exists row_count_truncate on customer;
    -- Citus copies the rows that exist. Without this, triggers would count them a second time.
    alter table customer_group disable trigger user;
    alter table customer disable trigger user;
    foreach each in array tables loop
        if each = 'bitkey'::regclass then
            perform create_reference_table(each);
        else
            perform create_distributed_table(each, 'vendor', colocate_with =>
                case when each = 'customer_group'::regclass then 'default' else 'customer_group' end);
        end if;
    end loop;
    alter table customer_group enable trigger user;
    alter table customer enable trigger user;
end
$$;
select format('The tables are distributed: %s shards on %s nodes.',
    (select count(*) from pg_dist_shard where logicalrelid = 'customer'::regclass),
    (select count(*) from pg_dist_node where isactive and shouldhaveshards and noderole = 'primary'));
