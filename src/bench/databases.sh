#!/usr/bin/env bash
# Measures the calls of one client on several databases, all databases in each round. The databases must be there; the
# service creates its tables. On a Citus cluster, run `schema distribute` first. Variables name the user:
# QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD.
# Usage: src/bench/databases.sh LABEL=URL[,[URL_OF_REPLICA][,VARIABLE=VALUE]...]...
set -euo pipefail
cd "$(dirname "$0")/../.."

export BENCH_SERVICE=${BENCH_SERVICE:-java -XX:+ExitOnOutOfMemoryError -jar target/quarkus-app/quarkus-run.jar} BENCH_ROUNDS=${BENCH_ROUNDS:-3}
javac -d target/bench src/bench/*.java
java -cp target/bench Databases "$@"
