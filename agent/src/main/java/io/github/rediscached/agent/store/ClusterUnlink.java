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
 * once. It knows of each bucket whether it has succeeded there.
 *
 * <p>Where a bucket is on its way to another server, its keys may be here and there, and no command
 * can delete them together. Then they are deleted one by one, each where it is (ASK), those first
 * that make the others' deletion safe.
 */
final class ClusterUnlink {

  private static final byte[][] NONE = {};

  private final Cluster cluster;
  private final long deadlineNanos;
  private long missing;
  private long count;
  private @Nullable RequestFailedException failure;

  /**
   * For one deletion.
   *
   * @param deadlineNanos as {@link System#nanoTime}
   */
  ClusterUnlink(Cluster cluster, long deadlineNanos) {
    this.cluster = cluster;
    this.deadlineNanos = deadlineNanos;
  }

  /**
   * Keys as they are in Redis, for one command.
   *
   * @param buckets that they are of, as a set
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Part(Link link, long buckets, byte[][] keys) {}

  /** As {@link Connections#unlink}. */
  Unlinked ofInvalidation(byte[][] keys, long inBuckets) {
    Buckets buckets = cluster.buckets();
    int[] homes = buckets.of(keys);
    List<Part> parts = new ArrayList<>();
    for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
      long bit = Buckets.bit(bucket);
      byte[][] its = (inBuckets & bit) == 0 ? NONE : buckets.in(bucket, keys, homes);
      if (its.length > 0) {
        Link link = cluster.serving(bucket);
        if (link == null) {
          missing |= bit;
        } else {
          parts.add(new Part(link, bit, its));
        }
      }
    }
    send(parts);
    return new Unlinked(missing, failure);
  }

  /** Keys that were found on one server, be they of several slots. */
  long onOneServer(Link link, byte[][] keys) throws RequestFailedException {
    Map<Integer, List<byte[]>> bySlot = new LinkedHashMap<>();
    for (byte[] key : keys) {
      bySlot.computeIfAbsent(SlotHash.getSlot(key), slot -> new ArrayList<>()).add(key);
    }
    List<Part> parts = new ArrayList<>();
    for (List<byte[]> each : bySlot.values()) {
      parts.add(new Part(link, 0, each.toArray(new byte[0][])));
    }
    send(parts);
    if (failure != null) {
      throw failure;
    }
    return count;
  }

  private void send(List<Part> parts) {
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
    sent.forEach((link, its) -> count(its, byLink.getOrDefault(link, List.of())));
  }

  private void count(Sent sent, List<Part> parts) {
    for (int i = 0; i < parts.size(); i++) {
      try {
        count += count(answers(sent).get(i), parts.get(i));
      } catch (RequestFailedException e) {
        failure = e;
        missing |= parts.get(i).buckets;
      }
    }
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
