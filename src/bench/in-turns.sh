#!/usr/bin/env bash
# Compares versions of the service on a machine whose speed changes from minute to minute. All versions run, each with a
# database of its own, and take turns of BENCH_SECONDS, BENCH_ROUNDS times. This happens BENCH_STARTS times, each time with new
# processes in another order, because one start of a JVM is up to 10 % faster than the next. The ratio is the median of the
# ratios to the first version in the same turn, over the turns of all starts. A call is one of calls.lua, with variables after
# commas. A version is the command that starts it. Needs wrk, curl and psql.
# Usage: src/bench/with-postgres.sh src/bench/in-turns.sh 'CALL[,NAME=VALUE]... ...' VERSION...
set -euo pipefail
cd "$(dirname "$0")/../.."

read -ra calls <<<"$1"
versions=("${@:2}")
seconds=${BENCH_SECONDS:-2} rounds=${BENCH_ROUNDS:-5} starts=${BENCH_STARTS:-3} connections=${BENCH_CONNECTIONS:-32} size=10000
pids=()
stop() { if [ ${#pids[@]} -gt 0 ]; then kill "${pids[@]}" && wait && pids=(); fi; }
trap stop EXIT

start() {
  PGOPTIONS=--client-min-messages=warning psql --quiet \
    --command="drop database if exists turns$1" --command="create database turns$1"
  QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://$PGHOST:$PGPORT/turns$1 BACKOFFICE_BITKEYS_BENCH=bench \
    QUARKUS_HTTP_PORT=$((18080 + $1)) QUARKUS_MANAGEMENT_PORT=$((19080 + $1)) QUARKUS_SHUTDOWN_DELAY=0 \
    ${versions[$1]} >"target/turns$1.log" 2>&1 &
  pids+=($!)
  curl --silent --output target/turns.json --retry 60 --retry-connrefused --retry-delay 1 \
    --header 'bitkey: bench' "http://localhost:$((18080 + $1))/bitanswer/api/customer_groups"
  PGDATABASE=turns$1 psql --quiet --set=vendor=bench --set=size=$size --set=connections="$connections" --file=src/bench/sql/seed.sql
}

# The requests per second of a version; fails when a call fails.
rate() {
  IFS=, read -ra call <<<"$2"
  threads=1
  if [ "${call[0]}" = add-remove ]; then threads=$connections; fi
  wrk -t"$threads" -c"$connections" -d"$3s" --timeout=10s --script=src/bench/calls.lua "http://localhost:$((18080 + $1))" -- \
    "${call[0]}" vendor=bench size=$size offset=0 limit=50 run="$RANDOM" "${call[@]:1}" |
    awk '/^result/ { if ($6 > 0) exit 1; print $2 / $3 * 1e6; found = 1 } END { exit !found }'
}

for ((s = 0; s < starts; s++)); do
  order=()
  for i in "${!versions[@]}"; do order+=($(((i + s) % ${#versions[@]}))); done
  for i in "${order[@]}"; do start "$i"; done
  for each in "${calls[@]}"; do
    for i in "${order[@]}"; do rate "$i" "$each" $((8 * seconds)) >/dev/null; done
    for ((r = 0; r < rounds; r++)); do
      for i in "${order[@]}"; do
        requests=$(rate "$i" "$each" "$seconds")
        echo "$each $((s * rounds + r)) $i $requests"
      done
    done
  done
  stop
done >target/turns.txt

awk -v calls="$1" -v turns=$((starts * rounds)) -v versions=${#versions[@]} '
  { rates[$1, $2, $3] = $4; sum[$1, $3] += $4 }
  END {
    count = split(calls, call, " ")
    for (c = 1; c <= count; c++) {
      for (v = 0; v < versions; v++) {
        for (t = 0; t < turns; t++) {
          ratio = rates[call[c], t, v] / rates[call[c], t, 0]
          for (j = t; j > 0 && sorted[j - 1] > ratio; j--) sorted[j] = sorted[j - 1]
          sorted[j] = ratio
        }
        median = (sorted[int((turns - 1) / 2)] + sorted[int(turns / 2)]) / 2
        printf "| %s | %d | %.0f | %.2f (%.2f to %.2f) |\n", call[c], v, sum[call[c], v] / turns, median, sorted[0], sorted[turns - 1]
      }
    }
  }' target/turns.txt
