#!/usr/bin/env bash
# Runs a command with a temporary PostgreSQL, and deletes the data when the command ends. Variables in the environment
# of the command name the PostgreSQL. Needs the programs of PostgreSQL on the PATH or where Debian installs them. If you
# are root, PostgreSQL runs as the user postgres.
# Usage: src/bench/with-postgres.sh COMMAND...
set -euo pipefail

bin=$(dirname "$(command -v pg_ctl || ls -d /usr/lib/postgresql/*/bin/pg_ctl | tail -1)")
dir=$(mktemp -d)
port=${BENCH_POSTGRES_PORT:-54329}
as() { if [ "$(id -u)" = 0 ]; then chown -R postgres "$dir" && (cd "$dir" && runuser -u postgres -- "$@"); else "$@"; fi; }

# Lower case is that of all letters, as in most databases. The letters A to Z alone would be faster.
as "$bin/initdb" --pgdata="$dir/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C --lc-ctype=C.UTF-8 >/dev/null
as "$bin/pg_ctl" --pgdata="$dir/data" --log="$dir/log" --wait start >/dev/null \
  --options="-p $port -k $dir -c listen_addresses=localhost -c shared_buffers=512MB -c max_connections=200"
trap 'as "$bin/pg_ctl" --pgdata="$dir/data" --mode=fast --wait stop >/dev/null; rm -rf "$dir"' EXIT

export PGHOST=localhost PGPORT=$port PGUSER=postgres PGDATABASE=postgres
export QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://localhost:$port/postgres
export QUARKUS_DATASOURCE_USERNAME=postgres QUARKUS_DATASOURCE_PASSWORD=none
"$@"
