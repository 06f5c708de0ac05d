#!/usr/bin/env bash
# Measures requests per second, latencies and processor time of the packaged service, and their growth with the data.
# Compares them with bare SQL. README.md in this directory describes the variables. Needs wrk, pgbench and psql. The
# variables of a PostgreSQL without the schema must be set.
# Usage: src/bench/with-postgres.sh src/bench/growth.sh [SIZES]
set -euo pipefail
cd "$(dirname "$0")/../.."

export BENCH_SERVICE=${BENCH_SERVICE:-java -XX:+ExitOnOutOfMemoryError -jar target/quarkus-app/quarkus-run.jar}
export BENCH_ROUNDS=${BENCH_ROUNDS:-3} BENCH_SECONDS=${BENCH_SECONDS:-3} BENCH_CONNECTIONS=${BENCH_CONNECTIONS:-32}

if [ $# = 0 ]; then set -- 1000 100000 1000000; fi
javac -d target/bench src/bench/*.java
java -cp target/bench Growth "$@"
