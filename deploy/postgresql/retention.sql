-- Deletes the expired rows of the history and of the stored responses, for all vendors, in statements of at most 1000 rows.
-- The service deletes them only beside changes of the same vendor. A job runs this once a day:
--   psql --file=deploy/postgresql/retention.sql customer_groups
-- The variable BACKOFFICE_HISTORY_RETENTION has the value of the service. Stored responses expire after 24 hours. The role
-- of the service may run it: it needs select, update and delete on both tables. See docs/personal-data.md.
\set ON_ERROR_STOP on
\set kept '90 days'
\getenv kept BACKOFFICE_HISTORY_RETENTION

-- Each selected text is a statement. The first one ends the transaction of the search, and each deletion has one of its own.
-- A row that a call deletes at the same time is skipped, so that neither waits for the other. The search reads each row once,
-- so it has no time limit. "local", because a pooler gives the connection to the service afterwards, with its settings.
begin;
set local statement_timeout = 0;
select 'commit', 'begin', 'set local statement_timeout = 0',
    format('delete from stored_response where vendor = %1$L and idempotency_key in (select idempotency_key from stored_response '
    || 'where vendor = %1$L and created_at between %2$L and %3$L for update skip locked)', vendor, min(created_at), max(created_at))
from (select vendor, created_at, row_number() over (partition by vendor order by created_at) / 1000 as batch
    from stored_response where created_at <= now() - interval '24 hours') expired
group by vendor, batch
\gexec
commit;

select to_regclass('history') is not null as has_history \gset
\if :has_history
begin;
set local statement_timeout = 0;
select 'commit', 'begin', 'set local statement_timeout = 0',
    format('delete from history where vendor = %1$L and id in (select id from history '
    || 'where vendor = %1$L and id between %2$s and %3$s and changed_at < %4$L for update skip locked)',
    vendor, min(id), max(id), now() - :'kept'::interval)
from (select vendor, id, row_number() over (partition by vendor order by id) / 1000 as batch
    from history where changed_at < now() - :'kept'::interval) expired
group by vendor, batch
\gexec
commit;
\endif
