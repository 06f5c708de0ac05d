#!/usr/bin/env bash
# Measures readers of pages of 100,000 customers, also right after 64 clients have hung up, and another vendor beside 16
# readers of pages of 1000. A version is the command that starts it. All versions run, and take turns. Needs wrk, curl and
# psql. README.md in this directory describes the variables.
# Usage: src/bench/with-postgres.sh src/bench/large-pages.sh VERSION...
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds=${BENCH_SECONDS:-4}
versions=("$@")
trap 'kill $(jobs -p); wait' EXIT

psql --quiet --command='create database pages'
export QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://$PGHOST:$PGPORT/pages PGDATABASE=pages
export BACKOFFICE_BITKEYS_BENCH=bench BACKOFFICE_BITKEYS_OTHER=other QUARKUS_SHUTDOWN_DELAY=0
for i in "${!versions[@]}"; do
  QUARKUS_HTTP_PORT=$((18080 + i)) QUARKUS_MANAGEMENT_PORT=$((19080 + i)) ${versions[i]} >"target/pages$i.log" 2>&1 &
  pids[i]=$!
  curl --silent --output target/pages.json --retry 60 --retry-connrefused --retry-delay 1 \
    --header 'bitkey: bench' "http://localhost:$((18080 + i))/bitanswer/api/customers"
done
psql --quiet --set=vendor=bench --set=size=100000 --set=groups=200 --file=src/bench/sql/growth.sql
psql --quiet --command="insert into customer (vendor, name, reg_date)
  select 'other', 'customer ' || i, timestamp '2026-01-01' from generate_series(1, 100) i"

# Of a version and a vendor with so many connections, for so many seconds: calls a second, p50 and p99 in ms, failed calls.
measure() {
  wrk -t1 -c"$3" -d"$4s" --timeout=10s --script=src/bench/calls.lua "http://localhost:$((18080 + $1))" -- \
    all-customers vendor="$2" offset=0 limit="$5" |
    awk '/^result/ { printf "%.0f calls/s, p50 %.2f, p99 %.2f ms, %d failed\n", $2 / $3 * 1e6, $4 / 1e3, $5 / 1e3, $6 }'
}

each() {
  for i in "${!versions[@]}"; do echo "$1 | $i | $("${@:2:1}" "$i" "${@:3}")"; done
}

after_hang_up() {
  timeout --signal=KILL 2 wrk -t1 -c64 -d60s --header='bitkey: bench' \
    "http://localhost:$((18080 + $1))/bitanswer/api/customers?limit=1000" >target/hung-up.log || true
  measure "$@"
}

beside() {
  measure "$1" bench 16 $((seconds + 3)) 1000 >target/beside.log &
  local readers=$!
  sleep 1.5
  measure "$1" other 1 "$seconds" 50
  wait $readers
}

for ((round = 0; round < ${BENCH_ROUNDS:-3}; round++)); do
  each '16 × limit=1000' measure bench 16 "$seconds" 1000
  each '64 × limit=100' measure bench 64 "$seconds" 100
  each '32 × limit=50' measure bench 32 "$seconds" 50
  each '16 × limit=1000 after 64 hung up' after_hang_up bench 16 "$seconds" 1000
  each 'another vendor alone' measure other 1 "$seconds" 50
  each 'another vendor beside 16 × limit=1000' beside
done
for i in "${!versions[@]}"; do echo "peak of the resident memory | $i | $(grep VmHWM "/proc/${pids[i]}/status")"; done
