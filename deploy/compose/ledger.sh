#!/bin/sh
# The first start of PostgreSQL: a role that owns its own database and is nobody elsewhere.
set -eu
: "${LEDGER_PASSWORD:?set it in deploy/.env}"

psql --quiet --set=ON_ERROR_STOP=1 --set=password="$LEDGER_PASSWORD" --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
CREATE ROLE bijia LOGIN PASSWORD :'password';
CREATE DATABASE bijia OWNER bijia ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT ON DATABASE bijia FROM PUBLIC;
SQL
