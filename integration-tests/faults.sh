#!/bin/sh
# Measures what faults of Redis cost an application under load: the tables of docs/reliability.md.
#
#   faults.sh [server] [cluster] [sentinel] [peers]    all of them if none is named
set -eu
cd "$(dirname "$0")/.."

echo "Building ..." >&2
mvn -q -B -ntp -Dstyle.color=never -pl integration-tests,benchmarks -am package -DskipTests -DskipITs -Dspotless.check.skip

cd integration-tests
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "target/test-classes:$(cat target/class-path)" \
  io.github.rediscached.it.Faults "$@"
