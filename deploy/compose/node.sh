#!/usr/bin/env bash
# An Elasticsearch node on a read-only root: its settings folder, where it writes its keystore and where its keys have to be, is
# a copy in memory.
set -euo pipefail
export ES_PATH_CONF=/config
name=$(printenv node.name)
cp -r /usr/share/elasticsearch/config/. "$ES_PATH_CONF"
mkdir "$ES_PATH_CONF/certs"
cp "/keys/$name.key" "$ES_PATH_CONF/certs/node.key"
cp "/keys/$name.crt" "$ES_PATH_CONF/certs/node.crt"
cp /ca/ca.crt "$ES_PATH_CONF/certs/ca.crt"
exec /usr/local/bin/docker-entrypoint.sh eswrapper
