# shellcheck shell=bash
# Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#
# What the checks share; each begins with: . "$(dirname "${BASH_SOURCE[0]}")/common.sh"
#   YOLOTORCH_ASSETS   folder with models and pictures (default ../shared/assets)
# A check ends with 0 when it passed, with 77 when it was skipped, else it failed.
# One that runs tests ends its output with "tests: N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
root=$PWD

export OMP_WAIT_POLICY=passive
export YOLOTORCH_ASSETS=${YOLOTORCH_ASSETS:-$root/../shared/assets}
# A download that breaks off is repeated.
export MAVEN_OPTS="${MAVEN_OPTS:-} -Xmx1g -Djava.awt.headless=true \
-Daether.connector.http.retryHandler.count=5 -Dmaven.wagon.http.retryHandler.count=5"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

step() { printf '\n== %s\n' "$*"; }

fail() {
  printf 'FAILED: %s\n' "$*"
  exit 1
}

# figure NAME VALUE [UNIT]
figure() { printf 'FIGURE %s=%s\n' "$1" "${*:2}"; }

# Skips a check that needs models and pictures where there are none. CI has them.
need_assets() {
  [ ! -d "$YOLOTORCH_ASSETS" ] || return 0
  [ "${CI:-}" != true ] || fail "expected models and pictures in $YOLOTORCH_ASSETS, but there is" \
    "no such folder; set YOLOTORCH_ASSETS"
  echo "skipped: no models and pictures in $YOLOTORCH_ASSETS"
  exit 77
}

# Seconds that a command takes; its output goes to standard error.
seconds_of() {
  local from=$EPOCHREALTIME
  "$@" >&2 </dev/null || return 1
  awk -v from="$from" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.2f", to - from }'
}

# Sum of an attribute over the root elements of test reports.
sum_of() {
  local attribute=$1
  shift
  cat "$@" 2>/dev/null | grep -E '^<testsuites? ' |
    sed -n "s/.* $attribute=\"\([0-9]*\)\".*/\1/p" | awk '{ sum += $1 } END { print sum + 0 }'
}

# Counts the tests in reports of GoogleTest and JUnit. Sets passed, failed and skipped.
count_tests() {
  failed=$(($(sum_of failures "$@") + $(sum_of errors "$@")))
  skipped=$(($(sum_of skipped "$@") + $(sum_of disabled "$@") +
    $(cat "$@" 2>/dev/null | grep -c 'result="skipped"' || true)))
  passed=$(($(sum_of tests "$@") - failed - skipped))
}

# Class path of the classes of this folder and of all they need, from the last build.
classpath() { echo "$root/target/classes:$(<"$root/target/launcher.classpath")"; }

# Copies the sources, without what builds made, to a new folder.
copy_sources() {
  mkdir -p "$1"
  tar -c --exclude-vcs --exclude=target --exclude=./build --exclude=./runs . | tar -x -C "$1"
}

# Puts the jars that the test command packed where Maven finds them.
install_jars() {
  local file
  for file in target/yolotorch-0.1.0.jar target/yolotorch-0.1.0-linux-x86_64.jar; do
    [ -f "$file" ] || fail "expected $file; run .ci/check/verify or mvn package first"
  done
  mvn -B -ntp -q install:install-file -Dfile=target/yolotorch-0.1.0.jar -DpomFile=pom.xml \
    </dev/null
  mvn -B -ntp -q install:install-file -Dfile=target/yolotorch-0.1.0-linux-x86_64.jar \
    -DgroupId=org.yolotorch -DartifactId=yolotorch -Dversion=0.1.0 -Dpackaging=jar \
    -Dclassifier=linux-x86_64 -DgeneratePom=false </dev/null
}
