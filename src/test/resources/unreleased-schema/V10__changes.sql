-- What clients have changed, recorded in the transaction of the change while backoffice.changes is on. A row has all
-- changes of one statement, so that a batch costs one row. See docs/adr/0030.

create table change (
    vendor text not null,
    -- The node that has the rows of the vendor can change in a cluster. Each node counts its own positions.
    era int not null,
    position bigint generated always as identity,
    recorded_at timestamptz not null,
    call text collate "C" not null,
    bitkey text collate "C",
    correlation_id text collate "C",
    request_id text collate "C",
    changes jsonb not null,
    constraint change_pkey primary key (vendor, era, position)
);

alter table change alter column vendor set statistics 0;

-- The order of changes is the order of their locks, because a statement records its changes after it has locked the rows. On a
-- cluster, the trigger runs on the node of the vendor. The user of the service may not use sequences.
create function change_order() returns trigger language plpgsql security definer set search_path from current as $$
declare
    last record;
begin
    select era, position into last from change where vendor = new.vendor order by era desc, position desc limit 1;
    -- Readers rely on it that a transaction has its id before it has a position.
    perform pg_current_xact_id();
    new.position := nextval('change_position_seq');
    new.era := coalesce(last.era, 0) + coalesce(last.position >= new.position, false)::int;
    new.recorded_at := clock_timestamp();
    return new;
end
$$;

create trigger change_order before insert on change for each row execute function change_order();
