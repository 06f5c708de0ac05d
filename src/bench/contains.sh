#!/usr/bin/env bash
# Measures searches by contains, and creates, without the index of deploy/postgresql/contains-index.sql and with it.
# README.md in this directory describes the variables. Needs psql. The variables of a PostgreSQL without the schema must be
# set.
# Usage: src/bench/with-postgres.sh src/bench/contains.sh [CUSTOMERS]
set -euo pipefail
cd "$(dirname "$0")/../.."

export BENCH_SERVICE=${BENCH_SERVICE:-java -XX:+ExitOnOutOfMemoryError -jar target/quarkus-app/quarkus-run.jar}

javac -d target/bench src/bench/*.java
java -cp target/bench Contains "${1:-100000}"
