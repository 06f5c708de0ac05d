#!/usr/bin/env bash
# Compares the packaged jar, and the native executable if it exists, with a bare Vert.x server: requests per second,
# processor time and warm-up. README.md in this directory describes the variables. Needs wrk and psql. The variables of
# a PostgreSQL without the schema must be set.
# Usage: src/bench/with-postgres.sh src/bench/beside-bare.sh [GROUPS]
set -euo pipefail
cd "$(dirname "$0")/../.."

export BENCH_SERVICE='java -XX:+ExitOnOutOfMemoryError -jar target/quarkus-app/quarkus-run.jar'
export BENCH_ROUNDS=${BENCH_ROUNDS:-3} BENCH_SECONDS=${BENCH_SECONDS:-6} BENCH_CONNECTIONS=${BENCH_CONNECTIONS:-32}

groups=${1:-10000}
servers=("bare server|java -cp target/bench:target/quarkus-app/lib/main/* BareServer bench$groups" "jar|$BENCH_SERVICE")
native=$(ls target/*-runner 2>/dev/null || true)
if [ -n "$native" ]; then servers+=("executable|$native"); fi

javac -d target/bench -cp 'target/quarkus-app/lib/main/*' src/bench/*.java src/bench/bare/*.java
java -cp target/bench Comparison "$groups" "${servers[@]}"
