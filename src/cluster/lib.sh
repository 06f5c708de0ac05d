#!/usr/bin/env bash
# Settings and functions of the other scripts in this folder. They work in target/cluster, on a cluster of their own.
work=$PWD/target/cluster
# Not the file of the user, whose current context stays as it is.
export KUBECONFIG=$work/kubeconfig
# The documented kubectl diff then checks the objects, and succeeds when they differ.
export KUBECTL_EXTERNAL_DIFF=true

# "follow" puts these into the commands of the README.
namespace=customer-groups
overlay=production
password=

# Deletes what an earlier run has left, and creates the database of the README's step 1.
prepare() {
  password=$(openssl rand -hex 16)
  kubectl delete namespace "$namespace" --ignore-not-found
  src/cluster/postgresql "$password"
  cp "$work/tls/ca.crt" "$work/before/"
  cp "$work/tls/ca.crt" "$work/this/"
}

# Runs the commands of a section in the files of a version (before or this). With PATTERN, runs those that match it.
# Usage: follow VERSION FILE SECTION [PATTERN]
follow() {
  local commands
  commands=$(src/cluster/commands "${@:2}" | sed -E -e "s/'…'/'$password'/" \
    -e "s/(-n|namespace) customer-groups( |$)/\1 $namespace\2/" -e "s|overlays/production|overlays/$overlay|")
  printf '%s\n' "$commands" >&2
  pushd "$work/$1" >/dev/null || return
  eval "$commands"
  popd >/dev/null || return
}

# Creates the namespace and its Secrets, and sets "key", by step 3 of the README of a version (before or this).
create_secrets() {
  follow "$1" k8s/README.md Production '^kubectl (create|label)|create secret|^(key|digest)='
}

# Waits until there are three pods, all of one version, and fails if that takes more than two minutes.
only_version() {
  local images
  for _ in {1..60}; do
    images=$(kubectl -n "$namespace" get pods -l app.kubernetes.io/component=api \
      -o jsonpath='{range .items[*]}{.spec.containers[0].image}{"\n"}{end}' | sort | uniq -c)
    if [[ $images =~ ^\ *3\ registry.example.com/customer-groups:$1$ ]]; then
      return
    fi
    sleep 2
  done
  printf 'Not three pods of version %s:\n%s\n' "$1" "$images" >&2
  return 1
}

# Checks that an uninstallation leaves the Secrets, and within a minute nothing that runs.
uninstalled() {
  local objects
  kubectl -n "$namespace" get secret customer-groups-database customer-groups-bitkeys
  for _ in {1..30}; do
    objects=$(kubectl -n "$namespace" get -l app.kubernetes.io/name=customer-groups -o name \
      deployments,services,serviceaccounts,networkpolicies,hpa,poddisruptionbudgets,servicemonitors,prometheusrules)
    if [ -z "$objects" ]; then
      return
    fi
    sleep 2
  done
  printf 'The uninstallation has left:\n%s\n' "$objects" >&2
  return 1
}
