#!/bin/sh
# Hunts for stale answers, and builds the agent and the tests first. See docs/invalidation.md.
#
#   hunt.sh [--minutes=5] [--seed=S] [--jvms=3] [--near | --untracked] [--cluster | --sentinel] [--naive]
#           [--soak] [--fault-every=0.6s] [--pause-ms=0]
#
# Ends with 1 if an answer was stale; with --naive, where the script that stores loses its guards, if none was.
set -eu
cd "$(dirname "$0")/.."

case "${1:-}" in
  --help | -h)
    sed -n '2,7s/^# \{0,1\}//p' integration-tests/hunt.sh
    exit 0
    ;;
esac

echo "Building ..."
mvn -q -B -ntp -Dstyle.color=never -pl integration-tests -am package -DskipTests -DskipITs -Dspotless.check.skip

cd integration-tests
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "target/test-classes:$(cat target/class-path)" \
  io.github.rediscached.it.Hunt "$@"
