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
# Names keep their escapes, such as \", so a search can send them as they are.
names() { grep -oE '"name":"([^"\]|\\.)*"' "$answer" | sed 's/^"name":"//; s/"$//'; }
search() { printf '{"querys":[{"name":"name","op":"%s","values":["%s"]}]}' "$@"; }

# Each page begins at the last name of the page before, so a group that others delete meanwhile shifts none.
groups=0 last=
call GET '/customer_groups?limit=100'
while page=$(names | grep -vxF -e "$last"); do
  groups=$((groups + $(wc -l <<<"$page")))
  last=$(tail -n 1 <<<"$page")
  call POST '/customer_groups/data?limit=100' -d "$(search '>=' "$last")"
done
echo "groups: $groups"

call POST /customer_groups/data -d "$(search like 's%')"
echo "found: $(sed 's/.*"total":\([0-9]*\).*/\1/' "$answer")"

call POST /customers -H "x-bit-req-id: $(openssl rand -hex 16)" -d '[{"name":"sample"}]'
echo "created: $(names)"
