#!/bin/sh
# Compares the responses of applications on Tomcat with and without the agent, where a rule caches all of them, and
# prints a table: the sample shop, H2's console, and Hawtio from Maven Central.
#
#   http-tour.sh              builds the benchmarks and the agent first
#   http-tour.sh --agent=JAR  takes this jar, and what is built already
#
# It ends with an error if a response differs, and says which. REDIS_URL: the Redis to use; else one is started.
set -eu
cd "$(dirname "$0")/.."
war=io.hawt:hawtio-war:4.2.0:war
folder=benchmarks/target/tour

if [ $# = 0 ]; then
  mvn -q -B -Dstyle.color=never -pl benchmarks,sample-app -am package -DskipTests -Dspotless.check.skip
fi
[ -e "$folder/hawtio-war-4.2.0.war" ] ||
  mvn -q -B -N -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact=$war \
    -DoutputDirectory="$PWD/$folder"

exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "benchmarks/target/classes:$(cat benchmarks/target/class-path)" \
  io.github.rediscached.benchmarks.http.HttpTour --shop=sample-app/target/sample-app.jar \
  --war="$folder/hawtio-war-4.2.0.war" "$@"
