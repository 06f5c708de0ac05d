#!/usr/bin/env bash
# The most memory that is resident while clients are slow or send much. README.md beside this file tells the variable.
# Needs psql; the variables of a PostgreSQL without the schema must be set.
# Usage: src/bench/with-postgres.sh src/bench/memory.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

export BENCH_SERVICE=${BENCH_SERVICE:-java -Xmx128m -jar target/quarkus-app/quarkus-run.jar}
javac -d target/bench src/bench/*.java
java -cp target/bench Memory
