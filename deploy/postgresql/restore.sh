#!/usr/bin/env bash
# Replaces all tables and functions of the service in a database with those of a dump, in one transaction: a dump that
# cannot be read, or that fails, changes nothing. Stop the service first. Run it as the owner of the tables or as a
# superuser, on a connection past any pooler. See docs/backup.md:
#   deploy/postgresql/restore.sh FILE [OPTION OF psql...]
set -euo pipefail
file=${1:?names no dump}

# A dump from before the history was on does not know the objects that a database with a history has. So everything goes
# that is beside the table "customer" and has the same owner, but what belongs to an extension.
{
  cat <<'SQL'
begin;
set local client_min_messages = warning;
select format('drop %s if exists %s cascade', kind, name) from (
    select 'routine', oid::regprocedure::text, tableoid, oid, pronamespace, proowner from pg_proc
    union all select 'table', oid::regclass::text, tableoid, oid, relnamespace, relowner from pg_class where relkind in ('r', 'p')
) object (kind, name, catalog, oid, schema, owner)
where (schema, owner) = (select relnamespace, relowner from pg_class where oid = to_regclass('customer'))
    and not exists (select from pg_depend where classid = catalog and objid = object.oid and deptype = 'e')
order by kind
\gexec
SQL
  # Only its owner may comment on an extension, such as a superuser.
  pg_restore --file=- --use-list=<(pg_restore --list "$file" | grep -v ' COMMENT - EXTENSION ') "$file"
  # Without these lines, psql rolls back.
  echo 'commit;'
  echo 'set client_min_messages = error;'
  echo 'vacuum (analyze);'
} | psql --no-psqlrc --quiet --output=/dev/null --set=ON_ERROR_STOP=1 "${@:2}"
