#!/usr/bin/env bash
# Measures the peak of the resident memory while clients read slowly or send large bodies. README.md in this directory
# describes the variable. Needs psql. The variables of a PostgreSQL without the schema must be set.
# Usage: src/bench/with-postgres.sh src/bench/memory.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

export BENCH_SERVICE=${BENCH_SERVICE:-java -Xmx128m -XX:+ExitOnOutOfMemoryError -jar target/quarkus-app/quarkus-run.jar}
javac -d target/bench src/bench/*.java
java -cp target/bench Memory
