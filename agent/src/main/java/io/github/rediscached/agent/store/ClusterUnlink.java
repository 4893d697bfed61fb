package io.github.rediscached.agent.store;

import io.github.rediscached.agent.store.ClusterNodes.Address;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Deletes keys in a {@link Cluster}: one atomic command for each bucket, those of all servers at
 * once. It succeeds if all have; else all is to be sent again.
 *
 * <p>Where a bucket is on its way to another server, its keys may be here and there, and no command
 * can delete them together. Then they are deleted one by one, each where it is (ASK), those first
 * that make the others' deletion safe.
 */
final class ClusterUnlink {

  private final Cluster cluster;
  private final long deadlineNanos;

  /**
   * @param deadlineNanos as {@link System#nanoTime}
   */
  ClusterUnlink(Cluster cluster, long deadlineNanos) {
    this.cluster = cluster;
    this.deadlineNanos = deadlineNanos;
  }

  /** Keys as they are in Redis, for one command. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Part(Link link, byte[][] keys) {}

  /** As {@link Connections#unlink}. */
  long ofInvalidation(byte[][] keys) throws RequestFailedException, StoreUnavailableException {
    Buckets buckets = cluster.buckets();
    int[] homes = buckets.of(keys);
    List<Part> parts = new ArrayList<>();
    StoreUnavailableException unconnected = null;
    for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
      byte[][] its = buckets.in(bucket, keys, homes);
      if (its.length > 0) {
        try {
          parts.add(new Part(cluster.open(bucket), its));
        } catch (StoreUnavailableException e) {
          unconnected = e;
        }
      }
    }
    long count = send(parts);
    if (unconnected != null) {
      throw unconnected;
    }
    return count;
  }

  /** Keys that were found on one server, be they of several slots. */
  long onOneServer(Link link, byte[][] keys) throws RequestFailedException {
    Map<Integer, List<byte[]>> bySlot = new LinkedHashMap<>();
    for (byte[] key : keys) {
      bySlot.computeIfAbsent(SlotHash.getSlot(key), slot -> new ArrayList<>()).add(key);
    }
    List<Part> parts = new ArrayList<>();
    for (List<byte[]> each : bySlot.values()) {
      parts.add(new Part(link, each.toArray(new byte[0][])));
    }
    return send(parts);
  }

  private long send(List<Part> parts) throws RequestFailedException {
    Map<Link, List<Part>> byLink = new LinkedHashMap<>();
    for (Part part : parts) {
      byLink.computeIfAbsent(part.link, link -> new ArrayList<>()).add(part);
    }
    Map<Link, Sent> sent = new LinkedHashMap<>();
    byLink.forEach(
        (link, its) -> {
          BatchExchange batch = new BatchExchange(link);
          its.forEach(part -> batch.command(CommandType.UNLINK, part.keys));
          // Without a timer of its own: this thread waits.
          sent.put(link, new Sent(batch, batch.later(cluster.timer(), Exchange.FOREVER)));
        });
    await(sent.values());
    long count = 0;
    RequestFailedException failed = null;
    for (Map.Entry<Link, Sent> each : sent.entrySet()) {
      List<Reply> replies = answers(each.getValue());
      List<Part> its = byLink.getOrDefault(each.getKey(), List.of());
      for (int i = 0; i < replies.size(); i++) {
        try {
          count += count(replies.get(i), its.get(i));
        } catch (RequestFailedException e) {
          failed = e;
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
    return count;
  }

  /** Commands on their way to one server. */
  private record Sent(BatchExchange batch, CompletableFuture<List<Reply>> replies) {}

  /**
   * Until all have replied, so that this thread is woken once; at most until the deadline. Also in
   * an interrupted thread, which stays interrupted.
   */
  private void await(Collection<Sent> sent) {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(sent.stream().map(Sent::replies).toArray(CompletableFuture[]::new));
    boolean interrupted = false;
    while (!all.isDone()) {
      try {
        all.get(leftNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        // Each that has no reply yet fails, and then the futures are done.
        sent.forEach(each -> each.batch.expire());
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        break;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Reply> answers(Sent sent) throws RequestFailedException {
    try {
      return sent.replies.join();
    } catch (CompletionException e) {
      throw new RequestFailedException(e.getCause() == null ? e : e.getCause());
    }
  }

  private long count(Reply reply, Part part) throws RequestFailedException {
    Throwable failure = reply.failure();
    if (failure == null) {
      return RedisStore.number(reply.answer());
    }
    if (RequestFailedException.isByRedis(failure)
        && Redirection.isMoving(failure.getMessage())
        && part.keys.length > 0) {
      return oneByOne(part);
    }
    throw new RequestFailedException(failure);
  }

  private long oneByOne(Part part) throws RequestFailedException {
    long count = 0;
    for (byte[] key : part.keys) {
      try {
        count += RedisStore.number(part.link.ask(CommandType.UNLINK, leftNanos(), key));
      } catch (RequestFailedException e) {
        count += whereItIs(key, e);
      }
    }
    return count;
  }

  private long whereItIs(byte[] key, RequestFailedException here) throws RequestFailedException {
    Address there = here.byRedis() ? Redirection.asked(here.getMessage()) : null;
    @Nullable Link link = there == null ? null : cluster.linkTo(there);
    if (link == null) {
      throw here;
    }
    return RedisStore.number(new AskingExchange(link, CommandType.UNLINK, key).await(leftNanos()));
  }

  private long leftNanos() {
    return Math.max(0, deadlineNanos - System.nanoTime());
  }
}
