#!/usr/bin/env bash
# Usage: URL=http://localhost:8080/bitanswer/api BITKEY=dev-bitkey docs/clients/client.sh
set -euo pipefail
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

# While the service answers 5001 (HTTP 503), curl waits as long as Retry-After says, and sends the same request again.
call() {
  curl -sS --retry 5 -o "$answer" -H "bitkey: $BITKEY" -H 'Content-Type: application/json' -X "$1" "$URL$2" "${@:3}"
  grep -q '"status":0' "$answer" || { cat "$answer" >&2; exit 1; }
}
names() { grep -o '"name":"[^"]*"' "$answer"; }

groups=0
while call GET "/customer_groups?offset=$groups&limit=100" && names >/dev/null; do groups=$((groups + $(names | wc -l))); done
echo "groups: $groups"

call POST /customer_groups/data -d '{"querys":[{"name":"name","op":"like","values":["s%"]}]}'
echo "found: $(sed 's/.*"total":\([0-9]*\).*/\1/' "$answer")"

call POST /customers -H "x-bit-req-id: $(openssl rand -hex 16)" -d '[{"name":"sample"}]'
echo "created: $(names | sed 's/"name":"\(.*\)"/\1/')"
