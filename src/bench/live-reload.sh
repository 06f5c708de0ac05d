#!/usr/bin/env bash
# Measures the first call after a change of a resource's source in dev mode: it compiles, restarts the service and
# answers. Dev mode runs in a copy of the working tree. The first three rounds warm the JVM up and do not count. Needs
# curl.
# Usage: src/bench/live-reload.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/../.."

rounds=${1:-9}
copy=$(mktemp -d)
git ls-files --cached --others --exclude-standard -z | xargs -0 cp --parents -t "$copy"
cd "$copy"
setsid ./mvnw --batch-mode --no-transfer-progress quarkus:dev -Dquarkus.http.port=0 -Dquarkus.management.port=0 -Ddebug=false >log 2>&1 &
process=$!
trap 'kill -- -$process; wait $process || true; rm -rf "$copy"' EXIT
until grep -aq '^ *curl ' log; do kill -0 $process || { cat log >&2; exit 1; }; sleep 0.5; done
call=$(grep -a '^ *curl ' log | head -1)
answer() { bash -c "${call/curl/curl -sS --fail-with-body -o answer -w '%{time_total\}\\n'}"; }

resource=src/main/java/backoffice/group/CustomerGroupResource.java
for round in $(seq -- -2 "$rounds"); do
  # Dev mode looks for changes at most every two seconds.
  answer >/dev/null
  sleep 2.1
  sed -i '$ d' $resource
  printf '\n    static int round%d() {\n        return %d;\n    }\n}\n' $((round + 3)) "$round" >>$resource
  took=$(answer)
  if [ "$round" -gt 0 ]; then echo "$took"; fi
done | sort -n | awk '{ time[NR] = $1 } END { printf "median %s s (%s…%s) of %d\n", time[int((NR + 1) / 2)], time[1], time[NR], NR }'
[ "$(grep -ac 'Live reload total time' log)" = $((rounds + 3)) ] || { echo 'dev mode did not notice every change' >&2; exit 1; }
