#!/usr/bin/env bash
# Measures the time to the first answer, the memory and the size of the packaged service: the native executable, the
# jar, and the jar with its AOT cache, as far as they exist. Creates the schema first. The variables of a PostgreSQL
# must be set.
# Usage: src/bench/with-postgres.sh src/bench/cold-start.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/../.."

jar=target/quarkus-app
variants=()
native=$(ls target/*-runner 2>/dev/null || true)
if [ -n "$native" ]; then
  variants+=("native|$native|$native")
  variants+=("native, BACKOFFICE_MIGRATE_AT_START=false|$native|env BACKOFFICE_MIGRATE_AT_START=false $native")
fi
if [ -f $jar/quarkus-run.jar ]; then variants+=("JVM|$jar/app,$jar/lib,$jar/quarkus|java -jar $jar/quarkus-run.jar"); fi
if [ -f $jar/app.aot ]; then variants+=("JVM with AOT cache|$jar|java -XX:AOTCache=$jar/app.aot -jar $jar/quarkus-run.jar"); fi

IFS='|' read -r _ _ service <<<"${variants[0]}"
$service schema migrate >/dev/null
javac -d target/bench src/bench/*.java
java -cp target/bench ColdStart "${1:-9}" "${variants[@]}"
