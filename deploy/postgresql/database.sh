#!/usr/bin/env bash
# Creates the database of the service and its owner, a non-superuser. The image of PostgreSQL runs this script once,
# when its volume is empty.
set -euo pipefail

psql --set=ON_ERROR_STOP=1 --set=password="${DATABASE_PASSWORD:?}" --username="${POSTGRES_USER:-postgres}" --dbname=postgres <<'SQL'
create role customer_groups login password :'password';
create database customer_groups owner customer_groups encoding 'UTF8' template template0;
SQL
