#!/usr/bin/env bash
# A role for the indexes of bijia and a user who has it; said again at every start, so a changed password takes effect.
set -euo pipefail

put() {
    curl --silent --show-error --fail-with-body --cacert /ca/ca.crt --user "elastic:$ELASTIC_PASSWORD" --retry 10 --retry-connrefused \
        --request PUT --header 'Content-Type: application/json' "https://search-1:9200/_security/$1" --data "$2"
}

# In JSON, quotes and backslashes of a password would end its text.
escaped=${BIJIA_SEARCH_PASSWORD//\\/\\\\}
escaped=${escaped//\"/\\\"}
put role/bijia "{\"cluster\": [\"monitor\", \"manage_index_templates\"], \"indices\": [{\"names\": [\"$BIJIA_SEARCH_INDEX*\"], \"privileges\": [\"all\"]}]}"
put user/bijia "{\"password\": \"$escaped\", \"roles\": [\"bijia\"]}"
