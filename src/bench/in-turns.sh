#!/usr/bin/env bash
# Compares versions of the service on a machine whose speed changes from minute to minute. All versions run, each with a
# database of its own, and take turns of BENCH_SECONDS, BENCH_ROUNDS times. The ratio is the median of the ratios to the
# first version in the same turn. A call is one of calls.lua, with variables after commas. A version is the command that
# starts it. Needs wrk, curl and psql.
# Usage: src/bench/with-postgres.sh src/bench/in-turns.sh 'CALL[,NAME=VALUE]... ...' VERSION...
set -euo pipefail
cd "$(dirname "$0")/../.."

read -ra calls <<<"$1"
versions=("${@:2}")
seconds=${BENCH_SECONDS:-2} connections=${BENCH_CONNECTIONS:-32} size=10000
trap 'kill $(jobs -p); wait' EXIT

for i in "${!versions[@]}"; do
  psql --quiet --command="create database turns$i"
  QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://$PGHOST:$PGPORT/turns$i BACKOFFICE_BITKEYS_BENCH=bench \
    QUARKUS_HTTP_PORT=$((18080 + i)) QUARKUS_MANAGEMENT_PORT=$((19080 + i)) QUARKUS_SHUTDOWN_DELAY=0 \
    ${versions[i]} >"target/turns$i.log" 2>&1 &
  curl --silent --output target/turns.json --retry 60 --retry-connrefused --retry-delay 1 \
    --header 'bitkey: bench' "http://localhost:$((18080 + i))/bitanswer/api/customer_groups"
  PGDATABASE=turns$i psql --quiet --set=vendor=bench --set=size=$size --set=connections="$connections" --file=src/bench/sql/seed.sql
done

# The requests per second of a version; fails when a call fails.
rate() {
  IFS=, read -ra call <<<"$2"
  threads=1
  if [ "${call[0]}" = add-remove ]; then threads=$connections; fi
  wrk -t"$threads" -c"$connections" -d"$3s" --timeout=10s --script=src/bench/calls.lua "http://localhost:$((18080 + $1))" -- \
    "${call[0]}" vendor=bench size=$size offset=0 limit=50 run="$RANDOM" "${call[@]:1}" |
    awk '/^result/ { if ($6 > 0) exit 1; print $2 / $3 * 1e6; found = 1 } END { exit !found }'
}

for each in "${calls[@]}"; do
  for i in "${!versions[@]}"; do rate "$i" "$each" $((8 * seconds)) >/dev/null; done
  for ((round = 0; round < ${BENCH_ROUNDS:-10}; round++)); do
    for i in "${!versions[@]}"; do echo "$i $(rate "$i" "$each" "$seconds")"; done
  done | sort -n -k1,1 -s | awk -v call="$each" '
    { n[$1]++; rates[$1, n[$1]] = $2; sum[$1] += $2 }
    END {
      for (v = 0; v in n; v++) {
        for (r = 1; r <= n[v]; r++) {
          ratio = rates[v, r] / rates[0, r]
          for (j = r; j > 1 && sorted[j - 1] > ratio; j--) sorted[j] = sorted[j - 1]
          sorted[j] = ratio
        }
        median = (sorted[int((n[v] + 1) / 2)] + sorted[int(n[v] / 2) + 1]) / 2
        printf "| %s | %d | %.0f | %.2f (%.2f to %.2f) |\n", call, v, sum[v] / n[v], median, sorted[1], sorted[n[v]]
      }
    }'
done
