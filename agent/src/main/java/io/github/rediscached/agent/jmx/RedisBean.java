package io.github.rediscached.agent.jmx;

import static io.github.rediscached.agent.jmx.BeanAttribute.count;
import static io.github.rediscached.agent.jmx.BeanAttribute.decimal;
import static io.github.rediscached.agent.jmx.BeanAttribute.flag;
import static io.github.rediscached.agent.jmx.BeanAttribute.text;

import io.github.rediscached.agent.stats.StatsRegistry;
import java.util.List;
import java.util.function.LongSupplier;

/** The bean {@code type=Redis}. */
final class RedisBean {

  private RedisBean() {}

  /**
   * @param nanoClock for how long an answer of the server serves
   */
  static OpenBean of(RedisView redis, StatsRegistry caches, LongSupplier nanoClock) {
    ServerInfo server = new ServerInfo(redis, nanoClock);
    return new OpenBean(
        "Redis as seen by this JVM, and what the server tells of itself.",
        List.of(
            flag("Connected", "Whether there is a connection now.", redis::connected, null),
            count(
                "Timeouts",
                "commands",
                "Commands without an answer within redis.timeout.",
                redis::timeouts),
            count("Errors", "commands", "Commands that failed otherwise.", redis::errors),
            count(
                "Reconnects",
                "connections",
                "Connections made after the first one.",
                redis::reconnects),
            count(
                "PendingInvalidations",
                "keys",
                "Keys whose invalidation has not reached Redis yet. Calls of this JVM that depend"
                    + " on them run uncached meanwhile.",
                redis::pendingInvalidations),
            text(
                "ServerVersion",
                "The server's version, with the server's name if that is not Redis; empty without a"
                    + " connection.",
                server::version),
            decimal(
                "ServerHitRate",
                "0 to 1",
                "Hits per look-up of all clients of the server since its start. The agent's keys"
                    + " for the versions of caches and tags count, too, and are nearly always"
                    + " found: see the HitRate of each cache.",
                () -> ServerInfo.hitRate(server.fields())),
            count(
                "UsedMemory",
                "bytes",
                "Memory that the server has allocated.",
                () -> server.number("used_memory")),
            count(
                "MaxMemory",
                "bytes",
                "The server's maxmemory; 0 means no limit.",
                () -> server.number("maxmemory")),
            text(
                "MaxMemoryPolicy",
                "What the server does when maxmemory is reached; empty without a connection.",
                () -> server.text("maxmemory_policy")),
            count(
                "EvictedKeys",
                "keys",
                "Keys that the server has dropped since its start because maxmemory was reached.",
                () -> server.number("evicted_keys")),
            text(
                "Advice",
                "What to change in caches and server, one advice a line; empty if all is well.",
                () -> Advice.of(caches.all(), server.fields()))),
        List.of());
  }
}
