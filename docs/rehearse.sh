#!/usr/bin/env bash
# Runs the commands of the docs that no test runs. It reads them from the Markdown files and Dockerfiles, and runs them
# in a copy of the working tree. It skips a command when the machine lacks something that the command needs, and prints
# the reason. It fails when a command fails.
# NEED is a value of the first column of the rules below. Without a NEED, the script runs all commands, also long ones.
# Usage: docs/rehearse.sh [NEED...] | --list
set -euo pipefail
cd "$(dirname "$0")/.."

# The first line whose pattern matches a command tells what the command needs. A test runs the commands without a match.
rules='
dev              quarkus:dev
jdk              ^\./mvnw (clean|spotless:apply|package -DskipTests|test -Pquick|test -Dtest=.*|verify -Dit\.test=.*)$
kustomize        kustomize edit
npx              ^npx
scanner          ^trivy
graalvm          ^\./mvnw (package|verify -Pfull) -Dnative$|-runner$
docker,temurin,compose   ^docker (compose|run) |Dockerfile\.jvm|^mkdir -p -m 700 backups|keys\.env|sign-in\.env\)$|> \.env\)$|-DskipTests .*aot-jar$
openssl          ^(key=.*openssl|printf %s "\$key" \| openssl)
analyze          ^systemd-analyze
systemd          ^sudo
docker,graalvm   docker build .*Dockerfile\.native |container-build
docker,mandrel,registry  ^docker (build .*\$REGISTRY|push )
docker,mandrel   docker build .*Dockerfile\.native-build
docker,temurin   docker build
kind             ^kind
cluster          kubectl .*(k8s/overlays/dev|customer-groups-dev)
java25           aot|AOTCache
benchmark        ^src/bench/with-postgres\.sh |-f src/jmh
mutation         pitest:
coverage         jacoco
citus            distribute\.sql$
npm              ^(src/release/files|jq -f src/release/.*|\./mvnw (clean verify|versions:set) .*)$
published        ^(cosign|gh|sha256sum|git clone) 
'

# Prints each command as file, line and text, separated by tabs. Commands are the lines of sh blocks, the indented lines
# of the comment at the top of a Dockerfile, and code spans in the text that begin with the program of such a line. In
# an sh block, a line that ends with a backslash is joined with the next line.
commands() {
  local pages dockerfiles
  mapfile -t pages < <(find README*.md CONTRIBUTING.md docs src/bench k8s -name '*.md' | sort)
  mapfile -t dockerfiles < <(find src/main/docker -type f | sort)
  awk -v OFS='\t' '
    function command(text) { sub(/ +# .*/, "", text); sub(/ +\[[A-Z]+\]$/, "", text); print FILENAME, FNR, text }
    FNR == 1                          { fenced = 0 }
    FILENAME ~ /Dockerfile/           { if (/^#   /) command(substr($0, 5)); else if (!/^#/) nextfile; next }
    /^```/                            { fenced = !fenced; shell = fenced && /^```sh$/; next }
    fenced && shell && joined != ""   { sub(/^ +/, ""); $0 = joined $0; joined = "" }
    fenced && shell && /\\$/          { joined = substr($0, 1, length($0) - 1); next }
    fenced && shell && /^[^#]/        { program[$1]; command($0) }
    !fenced                           { text[++n] = $0; file[n] = FILENAME; line[n] = FNR }
    END {
      for (i = 1; i <= n; i++) {
        parts = split(text[i], span, "`")
        for (j = 2; j < parts; j += 2) {
          split(span[j], word, " ")
          FILENAME = file[i]; FNR = line[i]
          if (span[j] ~ / / && word[1] in program) command(span[j])
        }
      }
    }' "${pages[@]}" "${dockerfiles[@]}"
}

# Prints each command that this script runs: its needs, its file and line, and its text, separated by tabs.
list() {
  local file line text needs pattern
  while IFS=$'\t' read -r file line text; do
    while read -r needs pattern; do
      if [ -n "$needs" ] && [[ $text =~ $pattern ]]; then
        printf '%s\t%s:%s\t%s\n' "$needs" "$file" "$line" "$text"
        break
      fi
    done <<<"$rules"
  done < <(commands)
}

# Prints what this machine lacks for a need. Prints nothing when it lacks nothing.
lacks() {
  local program
  case $1 in
    docker) docker info >/dev/null 2>&1 || echo 'Docker does not answer' ;;
    mandrel) lacks_image quay.io/quarkus/ubi9-quarkus-mandrel-builder-image:jdk-25 ;;
    temurin)
      lacks_image eclipse-temurin:25-jre
      lacks_image eclipse-temurin:25-jdk
      ;;
    registry) [ -n "${REGISTRY:-}" ] || echo 'no registry in REGISTRY' ;;
    compose) docker compose version >/dev/null 2>&1 || echo 'Docker has no Compose' ;;
    openssl) command -v openssl >/dev/null || echo 'no openssl' ;;
    analyze) command -v systemd-analyze >/dev/null && [ -x /usr/bin/java ] || echo 'no systemd-analyze or /usr/bin/java' ;;
    systemd) [ -n "${INSTALL_HERE:-}" ] || echo 'INSTALL_HERE does not allow it to install a unit of systemd' ;;
    kind) kind get nodes 2>/dev/null | grep -q . || echo 'no cluster of kind' ;;
    cluster) kubectl get --raw /readyz >/dev/null 2>&1 || echo 'no cluster answers' ;;
    graalvm) [ -x "${GRAALVM_HOME:-}/bin/native-image" ] || echo 'no native-image in GRAALVM_HOME' ;;
    java25) java -version 2>&1 | grep -Eq 'version "(2[5-9]|[3-9].)' || echo 'java is older than 25' ;;
    kustomize) command -v kustomize >/dev/null || echo 'no kustomize' ;;
    citus) [ -n "${CITUS_COORDINATOR:-}" ] || echo 'no Citus cluster in CITUS_COORDINATOR' ;;
    npm) command -v npm >/dev/null || echo 'no npm' ;;
    published) [ -n "${OWNER:-}" ] || echo 'no owner of a published release in OWNER' ;;
    npx) command -v npx >/dev/null || echo 'no npx' ;;
    scanner) command -v trivy >/dev/null || echo 'no trivy' ;;
    benchmark)
      for program in wrk psql; do
        command -v $program >/dev/null || echo "no $program"
      done
      ;;
  esac
}

lacks_image() {
  docker image inspect "$1" >/dev/null 2>&1 || docker pull -q "$1" >/dev/null 2>&1 || echo "the image $1 is unavailable"
}

# Starts a command that does not end by itself, waits until it prints a pattern, runs a check, and ends the command. It
# prints the output and fails when the command ends, or has not printed the pattern within 10 minutes.
run_until() {
  local command=$1 pattern=$2 check=$3 deadline=$((SECONDS + 600))
  log=$scratch/log
  setsid bash -c "$command" >"$log" 2>&1 &
  process=$!
  trap 'kill -- -$process; wait $process || true' EXIT
  until grep -aEq "$pattern" "$log"; do
    if ! kill -0 $process 2>/dev/null || ((SECONDS > deadline)); then
      cat "$log"
      return 1
    fi
    sleep 1
  done
  $check
}

# Checks what dev mode prints: a command to paste and addresses. Then it connects to the database.
check_dev_mode() {
  local call address
  call=$(grep -aE '^ +curl ' "$log")
  bash -c "${call/curl/curl -sS --fail-with-body}" && echo
  for address in $(grep -a '^Console: ' "$log" | grep -o 'http[^ ]*'); do
    curl -sSLf -o /dev/null "$address"
  done
  ! command -v psql >/dev/null || PGPASSWORD=postgres psql -h localhost -U postgres -qt \
    -p "$(sed -n 4p target/embedded-postgres/postmaster.pid)" -c 'select count(*) from customer'
  # After its start, dev mode compares the entities with the schema and logs the differences as errors.
  sleep 5
  if grep -a ' ERROR ' "$log"; then
    return 1
  fi
}

# Fails unless the service asks for a key.
check_service() {
  curl -sS http://localhost:8080/bitanswer/api/customer_groups | grep '"status":1101'
}

run() {
  case $1 in
    'docker run '*)
      BACKOFFICE_BITKEYS_ACME=acme run_until "exec src/bench/with-postgres.sh bash -c 'env | grep -E \"^(BACKOFFICE|QUARKUS)_\" >customer-groups.env
        exec ${1/docker run/docker run --network host}'" 'Listening on' check_service
      ;;
    'docker compose exec '*erase.sql) bash -c "docker compose up --detach --wait && $1 && docker compose down --volumes" ;;
    'docker compose exec backup restore.sh '*)
      bash -c 'dump=$(ls backups/*.dump | tail -1) && docker compose exec -T backup restore.sh "/backup/${dump##*/}"'
      ;;
    'docker compose up '*) bash -c "$1" && check_service ;;
    'docker compose --profile sign-in up '*) bash -c "sed -i s/=change-me/=rehearsed/ sign-in.env && $1" ;;
    'docker compose down' | 'docker compose --profile sign-in down') bash -c "$1 --volumes" ;;
    *quarkus:dev) run_until "$1" 'Listening on' check_dev_mode ;;
    *-runner | *' -jar '*)
      BACKOFFICE_BITKEYS_ACME=acme run_until "exec src/bench/with-postgres.sh bash -c '$1'" 'Listening on' true
      ;;
    *port-forward*) run_until "$1" 'Forwarding from' true ;;
    *) bash -c "$1" ;;
  esac
}

if [ "${1:-}" = --list ]; then
  list
  exit
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
git ls-files --cached --others --exclude-standard -z | xargs -0 cp --parents -t "$scratch"
mapfile -t all < <(list | awk -F '\t' '!seen[$3]++')
cd "$scratch"
export MAVEN_ARGS="--batch-mode --no-transfer-progress" npm_config_yes=true
# The containers and the volume are not those of an installation on this machine.
export COMPOSE_PROJECT_NAME=rehearsal
failed=0
while read -r needs _; do
  if [ -z "$needs" ] || { [ $# != 0 ] && ! grep -Fqx "$needs" <(printf '%s\n' "$@"); }; then continue; fi
  missing=
  for part in ${needs//,/ }; do
    reason=$(lacks "$part")
    missing+=${reason:+${missing:+, }$reason}
  done
  if [ -z "$missing" ] && [[ $needs =~ npx|scanner|benchmark|compose ]] && [ ! -f target/quarkus-app/quarkus-run.jar ]; then
    ./mvnw -q package -DskipTests
  fi
  for entry in "${all[@]}"; do
    IFS=$'\t' read -r entry_needs place text <<<"$entry"
    if [ "$entry_needs" != "$needs" ]; then
      continue
    elif [ -n "$missing" ]; then
      echo "skipped ($missing): $place: $text"
      continue
    fi
    echo "runs: $place: $text"
    set +e
    (
      set -e
      run "$text" </dev/null
    )
    status=$?
    set -e
    if [ $status != 0 ]; then
      echo "FAILED: $place: $text"
      failed=1
    fi
  done
done <<<"$rules"
exit $failed
