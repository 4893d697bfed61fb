#!/bin/sh
# Prints how many accesses of recorded traces the near cache answers, beside Caffeine of the same size.
#
#   hit-ratios.sh DIRECTORY   a clone of https://github.com/ben-manes/caffeine, whose simulator has the traces
set -eu
[ $# = 1 ] || {
  sed -n '2,4s/^# \{0,1\}//p' "$0" >&2
  exit 2
}
recorded="$(realpath "$1")/simulator/src/main/resources/com/github/benmanes/caffeine/cache/simulator/parser"
[ -d "$recorded" ] || {
  echo "$recorded does not exist: is $1 a clone of Caffeine's repository?" >&2
  exit 1
}
cd "$(dirname "$0")/.."
traces=$(mktemp -d)
trap 'rm -rf "$traces"' EXIT

for trace in 2_pools cpp cs gli loop multi1 multi2 multi3 ps scan sprite zigzag; do
  # Some lines are marks, not keys.
  gunzip -c "$recorded/lirs/$trace.trace.gz" | tr -d '\r' | grep -E '^[0-9]+ *$' >"$traces/$trace.txt"
done
for trace in cache2k/orm-busy cache2k/orm-night cache2k/web07 cache2k/web12 cloud_physics/w106; do
  xz -dc "$recorded/$trace.trace.xz" >"$traces/${trace#*/}.ints"
done
gunzip -c "$recorded/corda/trace_vaultservice.gz" >"$traces/corda.longs"

mvn -q -B -Dstyle.color=never -pl benchmarks -am package -DskipTests -Dspotless.check.skip
"${JAVA_HOME:+$JAVA_HOME/bin/}java" \
  -cp "agent/target/classes:agent/target/test-classes:bridge/target/classes:$(cat benchmarks/target/class-path)" \
  io.github.rediscached.agent.near.HitRatio "$traces"
