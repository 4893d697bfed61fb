package io.github.rediscached.agent.jmx;

import static io.github.rediscached.agent.jmx.BeanAttribute.count;
import static io.github.rediscached.agent.jmx.BeanAttribute.decimal;
import static io.github.rediscached.agent.jmx.BeanAttribute.flag;
import static io.github.rediscached.agent.jmx.BeanAttribute.text;

import io.github.rediscached.agent.stats.StatsRegistry;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The bean {@code type=Redis}: which attributes it has and how they are described. {@link
 * PlatformBeans} registers it. It asks the server only when a client reads an attribute.
 */
final class RedisBean {

  private RedisBean() {}

  /**
   * @param nanoClock tells how old an answer of the server is, as {@link System#nanoTime}
   */
  static OpenBean of(RedisView redis, StatsRegistry caches, LongSupplier nanoClock) {
    ServerInfo server = new ServerInfo(redis, nanoClock);
    return new OpenBean(
        "Redis as seen by this JVM, and figures that the server tells of itself.",
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
                "Keys whose invalidation has not reached Redis yet. Calls of this JVM that depend on"
                    + " them run uncached until it has.",
                redis::pendingInvalidations),
            text(
                "ServerVersion",
                "The server's version, with the server's name if that is not Redis; empty without a"
                    + " connection.",
                server::version),
            decimal(
                "ServerHitRate",
                "0 to 1",
                "Hits per look-up of all clients of the server since its start. It includes the"
                    + " agent's keys for the versions of caches and tags, which are nearly always"
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
                "The server's maxmemory-policy, by which it makes room when maxmemory is reached;"
                    + " empty without a connection.",
                () -> server.text("maxmemory_policy")),
            count(
                "EvictedKeys",
                "keys",
                "Keys that the server has dropped since its start because maxmemory was reached.",
                () -> server.number("evicted_keys")),
            text(
                "Advice",
                "Changes to make in caches and server, one in each line; empty if all is well.",
                () -> Advice.of(caches.all(), caches.suspended(), server.fields()))),
        List.of());
  }
}
