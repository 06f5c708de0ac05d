#!/bin/sh
# Runs retention.sql on the database of the service, with the settings of the service.
set -eu
export PGUSER="$QUARKUS_DATASOURCE_USERNAME" PGPASSWORD="$QUARKUS_DATASOURCE_PASSWORD"
export PGSSLMODE="${BACKOFFICE_DATABASE_TLS:-prefer}" PGSSLROOTCERT="${BACKOFFICE_DATABASE_TLS_CA:-}"
exec psql --no-psqlrc --quiet --file="$(dirname "$0")/retention.sql" "$QUARKUS_DATASOURCE_REACTIVE_URL"
