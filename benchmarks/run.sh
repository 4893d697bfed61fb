#!/bin/sh
# Runs the benchmarks, on the JDK of JAVA_HOME, and builds them and the agent first.
#
#   run.sh hit            what a hit in Redis costs, beside the same by hand, with Spring, JetCache and Redisson
#   run.sh near           what a hit in the JVM's own memory costs, beside the same
#   run.sh invalidation   what it costs to invalidate, and a cold key
#   run.sh tracking       the two ways in which Redis can tell of changes
#   run.sh http           what a stored HTTP response costs, beside a servlet that writes the same (needs wrk)
#   run.sh stampede       a thousand requests at once for an HTTP response that is not stored yet
#   run.sh start-up       what the agent costs at start-up
#
# Arguments after that, such as --rounds=3 or --docs=docs/benchmarks.md: see docs/benchmarks.md.
# REDIS_URL: the Redis to use; without it one is started.
set -eu
cd "$(dirname "$0")/.."

usage() {
  sed -n '2,13s/^# \{0,1\}//p' benchmarks/run.sh >&2
  exit 2
}

case "${1:-}" in
  hit) main=io.github.rediscached.benchmarks.hit.HitRun ;;
  tracking) main=io.github.rediscached.benchmarks.tracking.TrackingRun ;;
  near) main=io.github.rediscached.benchmarks.near.NearRun ;;
  invalidation) main=io.github.rediscached.benchmarks.invalidation.InvalidationRun ;;
  http) main=io.github.rediscached.benchmarks.http.HttpRun ;;
  stampede) main=io.github.rediscached.benchmarks.http.HttpStampede ;;
  start-up) main=io.github.rediscached.benchmarks.startup.StartUpRun ;;
  *) usage ;;
esac
shift

echo "Building ..."
mvn -q -B -Dstyle.color=never -pl benchmarks -am package -DskipTests -Dspotless.check.skip

exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "benchmarks/target/classes:$(cat benchmarks/target/class-path)" \
  "$main" "$@"
