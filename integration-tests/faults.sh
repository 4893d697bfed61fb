#!/bin/sh
# Measures what faults of Redis cost an application under load: the table of docs/reliability.md.
set -eu
cd "$(dirname "$0")/.."

echo "Building ..." >&2
mvn -q -B -ntp -Dstyle.color=never -pl integration-tests -am package -DskipTests -DskipITs -Dspotless.check.skip

cd integration-tests
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "target/test-classes:$(cat target/class-path)" \
  io.github.rediscached.it.Faults "$@"
