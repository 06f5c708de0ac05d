#!/usr/bin/env bash
# Measures the cost of each index of customers for one created and one moved customer. The cost is the time that a batch
# of 100 customers saves without the index. One client sends the batches. Needs pgbench and psql. The variables of a
# PostgreSQL without the schema must be set.
# Usage: src/bench/with-postgres.sh src/bench/index-costs.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/../.."

indexes=(
  "none|select"
  "customer_pkey|alter table customer drop constraint customer_pkey; create index on customer (id)"
  "customer_name_key|alter table customer drop constraint customer_name_key"
  "customer_vendor_name_id_idx|drop index customer_vendor_name_id_idx"
  "customer_reference_id_key|drop index customer_reference_id_key"
  "customer_vendor_reg_date_idx|drop index customer_vendor_reg_date_idx"
  "(with contains_index.sql)|\\i src/main/resources/db/optional/contains_index.sql"
)
java -jar target/quarkus-app/quarkus-run.jar schema migrate >/dev/null
psql --quiet --set=vendor=bench --set=size=100000 --set=connections=1 --file=src/bench/sql/seed.sql
original=$PGDATABASE
export PGOPTIONS='-c client_min_messages=warning'
millis() {
  pgbench --no-vacuum --protocol=prepared --time=3 --file="src/bench/sql/$1.sql" --define=vendor=bench --define=size=100000 |
    sed -n 's/^latency average = \(.*\) ms/\1/p'
}
for ((round = 0; round < ${1:-3}; round++)); do
  for index in "${indexes[@]}"; do
    PGDATABASE=postgres psql --quiet --command="drop database if exists costs" --command="create database costs template $original"
    export PGDATABASE=costs
    psql --quiet --set=ON_ERROR_STOP=1 --output=/dev/null <<<"${index#*|};"
    psql --quiet --command="alter database costs set synchronous_commit = off" --command="vacuum analyze" --command=checkpoint
    echo "${index%%|*}|$(millis index-create)|$(millis index-move)"
    export PGDATABASE=$original
  done
# The table shows the minimum of all rounds, since disturbances only make a batch slower.
done | awk -F'|' '
  !($1 in create) { names[++n] = $1 }
  !($1 in create) || $2 < create[$1] { create[$1] = $2 }
  !($1 in move) || $3 < move[$1] { move[$1] = $3 }
  END {
    print "| without the index | create | saves | move | saves |\n|---|---|---|---|---|"
    for (i = 1; i <= n; i++)
      printf "| %s | %.1f µs | %.1f µs | %.1f µs | %.1f µs |\n", names[i], create[names[i]] * 10,
        (create["none"] - create[names[i]]) * 10, move[names[i]] * 10, (move["none"] - move[names[i]]) * 10
  }'
