#!/bin/sh
# Runs the sample shop with the agent, and builds both first if needed.
#
#   run.sh [--agent=none] [arguments of the shop, such as --server.port=8081]
#   run.sh demo           compares the shop without and with the agent
#   run.sh cluster        the shop on an embedded Redis Cluster of three masters
#   run.sh redis          runs the embedded Redis alone, on port 6379
#
# REDIS_URL: the Redis to use; without it one is started. DATABASE_URL: the database; without it H2.
set -eu
cd "$(dirname "$0")/.."

app=sample-app/target/sample-app.jar
agent=agent/target/rediscached-agent.jar

stale() {
  [ ! -f "$1" ] || [ -n "$(find pom.xml annotations bridge agent sample-app -type f \
    \( -name pom.xml -o -path '*/src/main/*' \) -newer "$1" | head -n 1)" ]
}

# The time of the jar itself is that of the release; the one it was made of has the time of the build.
if [ ! -f "$app" ] || stale "$app.original" || stale "$agent"; then
  echo "Building ..."
  mvn -q -B -Dstyle.color=never -pl sample-app,agent -am package -Dmaven.test.skip -Dspotless.check.skip
  # Maven leaves a jar alone that would not change; it is up to date all the same.
  touch -c "$app.original" "$agent"
fi

main=RunShop
case "${1:-}" in
  demo) main=Demo; shift ;;
  cluster) main=RunCluster; shift ;;
  redis) main=RunRedis; shift ;;
esac
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$app" -Dloader.main=io.github.rediscached.sample.$main \
  org.springframework.boot.loader.launch.PropertiesLauncher "--agent=$agent" "$@"
