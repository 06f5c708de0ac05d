#!/usr/bin/env bash
# Measures how the latencies of calls grow with the number of customers, also beside a client that changes them. A size is
# a number of customers, or customers and groups such as 100000/200. README.md in this directory describes the variables.
# Needs psql. The variables of a PostgreSQL without the schema must be set.
# Usage: src/bench/with-postgres.sh src/bench/growth.sh [SIZE...]
set -euo pipefail
cd "$(dirname "$0")/../.."

export BENCH_SERVICE=${BENCH_SERVICE:-java -XX:+ExitOnOutOfMemoryError -jar target/quarkus-app/quarkus-run.jar}

if [ $# = 0 ]; then set -- 100000 1000000 10000000; fi
javac -d target/bench src/bench/*.java
java -cp target/bench Growth "$@"
