package io.github.rediscached.agent.store;

import io.github.rediscached.agent.store.ClusterNodes.Address;
import io.github.rediscached.agent.store.ClusterNodes.Master;
import io.github.rediscached.agent.thread.DaemonThreads;
import io.github.rediscached.agent.thread.Timer;
import io.lettuce.core.StatefulRedisConnectionImpl;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The connections to the masters of a cluster. A bucket of keys is served by a connection only
 * after what belongs to a new connection has been done there for this bucket, so a bucket that
 * moves to another master, or whose master was replaced, begins as after a restart of Redis. The
 * map of the cluster is asked for by a daemon: every {@value #PERIOD_MILLIS} ms, when a server has
 * refused a command, when a connection has ended, and when the {@linkplain #prove proof} says that
 * it is another. No redirection is followed but for invalidations. Thread-safe.
 */
final class Cluster implements Connections {

  private static final long PERIOD_MILLIS = 10_000;

  /** While a bucket has no connection. */
  private static final long INCOMPLETE_PERIOD_MILLIS = 200;

  private static final long SHORTEST_PAUSE_MILLIS = 20;

  private final Setup setup;
  private final FirstAttempt firstAttempt;
  private final Buckets buckets;
  private final RedisStore.ChangeListener changes;
  private final ClusterMaps maps;
  private final Semaphore wanted = new Semaphore(0);

  /** By bucket; null where there is no connection that may serve it. */
  private final AtomicReferenceArray<@Nullable Link> serving =
      new AtomicReferenceArray<>(Buckets.COUNT);

  /** By address. Guarded by this, as are the owners. */
  private final Map<Address, ClusterNode> nodes = new LinkedHashMap<>();

  private final @Nullable ClusterNode[] owners = new @Nullable ClusterNode[Buckets.COUNT];
  private final long[] ownerEpochs = new long[Buckets.COUNT];
  private final long[] ownerSince = new long[Buckets.COUNT];
  private long ownerChanges;
  private volatile long epoch = -1;

  /** The server that a redirection has named: it knows. */
  private volatile @Nullable Address hint;

  /** Completed when the map has been asked for, and the next one begins. */
  private volatile CompletableFuture<Void> nextMap = new CompletableFuture<>();

  private long goneReconnects;
  private volatile boolean closed;

  Cluster(Setup setup, FirstAttempt firstAttempt, Buckets buckets) {
    this.setup = setup;
    this.firstAttempt = firstAttempt;
    this.buckets = buckets;
    this.changes = new BucketChanges(buckets, setup);
    this.maps = new ClusterMaps(setup);
  }

  @Override
  public void start() {
    DaemonThreads.named(
            "rediscached-cluster",
            new Runnable() {
              @Override
              public void run() {
                try {
                  keepMap();
                } catch (Throwable e) {
                  setup.log.warn("gave up following the cluster, nothing is cached: " + e);
                } finally {
                  firstAttempt.over();
                }
              }
            })
        .start();
  }

  @Override
  public void close() {
    closed = true;
    wake();
    allNodes().forEach(ClusterNode::stop);
  }

  private void keepMap() throws InterruptedException {
    while (!closed) {
      try {
        refresh();
      } catch (RuntimeException e) {
        setup.log.warnOnce(
            "cluster",
            "what Redis says of its cluster can't be used: " + e + ". Please report this.");
      }
      CompletableFuture<Void> applied = nextMap;
      nextMap = new CompletableFuture<>();
      applied.complete(null);
      TimeUnit.MILLISECONDS.sleep(SHORTEST_PAUSE_MILLIS);
      long pauseMillis = isComplete() ? PERIOD_MILLIS : INCOMPLETE_PERIOD_MILLIS;
      boolean ignored = wanted.tryAcquire(pauseMillis, TimeUnit.MILLISECONDS);
      wanted.drainPermits();
    }
  }

  private void refresh() {
    ClusterMaps.Known known = maps.ask(whoKnows());
    if (known == null) {
      firstAttempt.over();
    } else {
      apply(known);
      // Buckets that have come to a server whose connection there was already.
      allNodes().forEach(ClusterNode::adopt);
    }
  }

  private List<Link> whoKnows() {
    List<Link> all = new ArrayList<>(links());
    Address named = hint;
    hint = null;
    Link its = named == null ? null : linkTo(named);
    if (its == null) {
      Collections.shuffle(all);
    } else {
      all.add(0, its);
    }
    return all;
  }

  /** Asks for the map soon. */
  void wake() {
    wanted.release();
  }

  private void apply(ClusterMaps.Known known) {
    List<ClusterNode> begun = new ArrayList<>();
    List<ClusterNode> gone = new ArrayList<>();
    boolean moved = false;
    synchronized (this) {
      Set<ClusterNode> used = new LinkedHashSet<>();
      for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
        Master master = known.nodes().masterOf(Buckets.slot(bucket));
        if (master != null && (serving(bucket) == null || master.epoch() >= ownerEpochs[bucket])) {
          ClusterNode owner = nodes.get(master.address());
          if (owner == null) {
            owner = new ClusterNode(this, setup, master.address());
            nodes.put(master.address(), owner);
            begun.add(owner);
          }
          ownerEpochs[bucket] = master.epoch();
          if (owners[bucket] != owner) {
            owners[bucket] = owner;
            ownerSince[bucket] = ++ownerChanges;
            moved |= serving.getAndSet(bucket, null) != null;
          }
        }
        ClusterNode owner = owners[bucket];
        if (owner != null) {
          used.add(owner);
        }
      }
      nodes
          .values()
          .removeIf(
              node -> {
                boolean unused = !used.contains(node);
                if (unused) {
                  gone.add(node);
                  goneReconnects += node.reconnects();
                }
                return unused;
              });
    }
    if (moved) {
      // The server from which these came tells no more of their changes.
      changes.allChanged();
    }
    epoch = known.epoch();
    gone.forEach(ClusterNode::stop);
    if (!closed) {
      begun.forEach(ClusterNode::start);
    }
  }

  private synchronized List<ClusterNode> allNodes() {
    return List.copyOf(nodes.values());
  }

  /**
   * Buckets that a server owns and a connection to it does not serve yet.
   *
   * @param number of the last change of an owner
   */
  record Missing(List<Integer> buckets, long number) {}

  synchronized Missing missing(ClusterNode node, Link link) {
    List<Integer> missing = new ArrayList<>();
    for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
      if (owners[bucket] == node && serving.get(bucket) != link) {
        missing.add(bucket);
      }
    }
    return new Missing(missing, ownerChanges);
  }

  /** All that has to be done for these buckets on a connection is done. */
  synchronized void serve(ClusterNode node, Link link, Missing done) {
    for (int bucket : done.buckets()) {
      // One that was elsewhere meanwhile has to begin again.
      if (owners[bucket] == node && ownerSince[bucket] <= done.number()) {
        serving.set(bucket, link);
      }
    }
  }

  /** A server was tried. The first attempt is over when all have been. */
  void attempted() {
    for (ClusterNode node : allNodes()) {
      if (!node.wasTried()) {
        return;
      }
    }
    firstAttempt.over();
  }

  Link newLink(Address server, StatefulRedisConnectionImpl<byte[], byte[]> connection) {
    return new Link(
        connection,
        server.host(),
        setup.clients().resources().socketThread(),
        setup.patienceNanos,
        changes,
        false);
  }

  Buckets buckets() {
    return buckets;
  }

  @Override
  public @Nullable Route present(byte[] key) {
    int bucket = buckets.of(key);
    if (bucket == Buckets.ALL) {
      throw new IllegalArgumentException("a version is in all buckets");
    }
    Link link = serving(bucket);
    return link == null ? null : new Route(link, buckets, bucket);
  }

  /** The connection that serves a bucket; null if there is none. */
  @Nullable Link serving(int bucket) {
    Link link = serving.get(bucket);
    return link != null && link.isOpen() ? link : null;
  }

  @Override
  public List<Link> links() {
    Set<Link> links = new LinkedHashSet<>();
    for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
      Link link = serving(bucket);
      if (link != null) {
        links.add(link);
      }
    }
    return List.copyOf(links);
  }

  @Override
  public boolean isConnected() {
    for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
      if (serving(bucket) != null) {
        return true;
      }
    }
    return false;
  }

  private boolean isComplete() {
    for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
      if (serving(bucket) == null) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Unlinked unlink(byte[][] keys, long inBuckets, long timeoutNanos) {
    long deadlineNanos = System.nanoTime() + timeoutNanos;
    Unlinked done = new Unlinked(inBuckets, null);
    while (true) {
      CompletableFuture<Void> newMap = nextMap;
      done = new ClusterUnlink(this, deadlineNanos).ofInvalidation(keys, done.missing());
      RequestFailedException failure = done.failure();
      if (failure == null || !failure.byRedis() || !Redirection.is(failure.getMessage())) {
        return done;
      }
      // An invalidation that is late is worse than a caller that waits.
      refused(failure.getMessage());
      if (!comes(newMap, deadlineNanos)) {
        return done;
      }
    }
  }

  private boolean comes(CompletableFuture<Void> newMap, long deadlineNanos) {
    try {
      newMap.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  @Override
  public RedisStore.Deleted unlinkMatching(byte[] pattern, long deadlineNanos, long timeoutNanos)
      throws RequestFailedException, StoreUnavailableException {
    byte[] inRedis = buckets.patternInRedis(pattern);
    long before = epoch;
    long keys = 0;
    if (!isComplete() || maps.areMoving(links())) {
      return new RedisStore.Deleted(0, false);
    }
    for (Link link : links()) {
      Scan scan = new Scan(link, inRedis, timeoutNanos);
      while (scan.next()) {
        keys +=
            new ClusterUnlink(this, System.nanoTime() + timeoutNanos)
                .onOneServer(link, scan.found());
        for (byte[] key : scan.found()) {
          changes.changed(key);
        }
        if (System.nanoTime() - deadlineNanos >= 0) {
          return new RedisStore.Deleted(keys, false);
        }
      }
    }
    // What moves may be looked for where it is not yet, and then where it is not any more.
    ClusterMaps.Known after = maps.ask(links());
    boolean stayed =
        after != null && after.epoch() == before && isComplete() && !maps.areMoving(links());
    return new RedisStore.Deleted(keys, stayed);
  }

  /** The connection to a server that ASK points to; null if there is none. */
  synchronized @Nullable Link linkTo(Address address) {
    ClusterNode node = nodes.get(address);
    return node == null ? null : node.present();
  }

  Timer timer() {
    return setup.timer;
  }

  @Override
  public long bucketOf(byte[] entry) {
    return Buckets.bit(buckets.of(entry));
  }

  @Override
  public synchronized Object serverOf(byte[] key) {
    ClusterNode owner = owners[buckets.of(key)];
    return owner == null ? this : owner;
  }

  /**
   * Answers of a server prove only what it serves itself, and a bucket may have moved. So a proof
   * is the epoch of the cluster, which changes with each such move: the server's own, if it is that
   * of the map.
   */
  @Override
  public void prove() {
    long expected = epoch;
    for (Link link : links()) {
      link.prove(
          ClusterMaps.INFO,
          answer -> {
            boolean same = ClusterMaps.isOf(answer, expected);
            if (!same) {
              wake();
            }
            return same;
          },
          ClusterMaps.INFO_ARGUMENT);
    }
  }

  @Override
  public void refused(@Nullable String error) {
    Address named = Redirection.named(error);
    if (named != null) {
      hint = named;
    }
    wake();
  }

  @Override
  public synchronized long reconnects() {
    long reconnects = goneReconnects;
    for (ClusterNode node : nodes.values()) {
      reconnects += node.reconnects();
    }
    return reconnects;
  }
}
