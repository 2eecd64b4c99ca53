#!/usr/bin/env bash
# An authority of our own and a certificate for each node, made once, as Elastic's own compose file makes them. The authority's
# key is not kept: a new node means new certificates for all (remove the volumes search-keys and search-ca).
set -euo pipefail

for name in ELASTIC_PASSWORD BIJIA_SEARCH_PASSWORD POSTGRES_PASSWORD LEDGER_PASSWORD BIJIA_ADMIN_KEY; do
    [ -n "${!name:-}" ] || { echo "$name is not set: deploy/.env" >&2; exit 2; }
done

keys=/usr/share/elasticsearch/data
ca=/usr/share/elasticsearch/logs
[ ! -f "$ca/ca.crt" ] || exit 0

cd /tmp
{
    echo "instances:"
    for node in search-1 search-2 search-3; do
        printf '  - {name: %s, dns: [%s, localhost], ip: [127.0.0.1]}\n' "$node" "$node"
    done
} > nodes.yml
elasticsearch-certutil ca --silent --pem --out /tmp/ca.zip
unzip -q ca.zip
elasticsearch-certutil cert --silent --pem --out /tmp/nodes.zip --in /tmp/nodes.yml --ca-cert /tmp/ca/ca.crt --ca-key /tmp/ca/ca.key
unzip -q nodes.zip
install -m 0640 search-*/search-*.key "$keys"
install -m 0644 search-*/search-*.crt "$keys"
install -m 0644 ca/ca.crt "$ca/ca.crt" # last: it says that all is done
