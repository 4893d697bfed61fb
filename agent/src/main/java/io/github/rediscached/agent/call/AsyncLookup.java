package io.github.rediscached.agent.call;

import io.github.rediscached.agent.store.RedisStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One call of an asynchronous method, on its way: the steps of {@link CachedCall}, each in a thread
 * of ours when Redis has answered the one before. Ends with the caller's future: with a hit, or
 * with what the method's own future brings. The method is run at most once, and whatever goes wrong
 * before it, it is run.
 */
final class AsyncLookup {

  private final AsyncCall call;
  private final Workings workings;
  private final @Nullable Object target;
  private final @Nullable Object[] arguments;
  private final CallKeys keys;
  private final AtomicReference<@Nullable NearMiss> nearMiss;
  private final Thread caller = Thread.currentThread();
  private final Flights.@Nullable Flight inside;
  private final long startNanos = System.nanoTime();
  private final long deadlineNanos;
  private final CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
  private final AtomicBoolean over = new AtomicBoolean();

  /** Of {@link AsyncThreads}. It has none while it waits for somebody else's load. */
  private final AtomicBoolean hasPlace = new AtomicBoolean();

  // One step follows the other, so these have one thread at a time.
  private int looks;
  private boolean missed;
  private boolean mayWait = true;
  private @Nullable Lease unneeded;

  /** What follows an answer. */
  private interface Next<T> {

    void with(T value) throws Exception;
  }

  /**
   * @param nearMiss taken over; null if nothing is kept in memory
   */
  AsyncLookup(
      AsyncCall call,
      @Nullable Object target,
      @Nullable Object[] arguments,
      CallKeys keys,
      @Nullable NearMiss nearMiss) {
    this.call = call;
    this.workings = call.workings();
    this.target = target;
    this.arguments = arguments;
    this.keys = keys;
    this.nearMiss = new AtomicReference<>(nearMiss);
    this.inside = workings.flights().here();
    this.deadlineNanos = startNanos + workings.loadWait().toNanos();
  }

  /** The caller's own. */
  CompletableFuture<@Nullable Object> answer() {
    return answer;
  }

  /** Returns at once: whether there was a place for it. */
  boolean begin() {
    if (!workings.asyncThreads().enter()) {
      return false;
    }
    hasPlace.set(true);
    look();
    return true;
  }

  private void look() {
    boolean track = nearMiss.get() != null;
    if (call.values().forecast().isLikely()) {
      LeaseTerms terms = call.method().leaseTerms(call.policy());
      then(
          workings.protocol().readAndAcquireLater(keys, track, terms),
          both -> lookedAndAsked(both.read(), call.method().asked(terms, both.lease())));
    } else if (!track || keys.expected() == null) {
      ask(call.entries().search(keys), this::found);
    } else {
      then(
          workings.protocol().readTrackedLater(keys.readWithExpected()),
          read -> goOn(call.entries().judge(keys, read), this::found));
    }
  }

  /** Whether who asks may, and must, run the method; afterwards this does nothing more. */
  boolean giveUp() {
    boolean may = mayStillRun();
    if (may) {
      leavePlace();
    }
    return may;
  }

  /** Whether who asks may, and must, run the method; afterwards nobody else may. */
  private boolean mayStillRun() {
    boolean may = over.compareAndSet(false, true);
    if (may) {
      endNear(null);
    }
    return may;
  }

  /**
   * @param lease what Redis said of it, in case that there is no entry
   */
  private void lookedAndAsked(RedisStore.TrackedRead read, @Nullable Lease lease) throws Exception {
    unneeded = lease != null && lease.granted() ? lease : null;
    goOn(
        call.entries().judge(keys, read),
        lookup -> {
          if (lease != null && lookup.isVoid()) {
            unneeded = null;
            found(lookup.with(lease));
          } else {
            giveBack();
            found(lookup);
          }
        });
  }

  /** The entry has gone between the look-up and the lease. */
  private void giveBack() {
    Lease lease = unneeded;
    if (lease != null) {
      unneeded = null;
      workings.protocol().release(keys, lease);
    }
  }

  private void found(Lookup lookup) {
    call.values().forecast().saw(lookup);
    endNear(lookup);
    if (lookup.hit()) {
      if (call.policy().refreshAfter() != null) {
        workings.refreshes().offer(call.values(), target, arguments, lookup, keys.entry());
      }
      hit(lookup.result());
      return;
    }
    missed = true;
    call.values().reportUnreadable(lookup);
    if (lookup.lease() == null) {
      acquire(lookup);
    } else {
      looks++;
      acquired(lookup, lookup.lease());
    }
  }

  /**
   * @param lookup null if there is none
   */
  private void endNear(@Nullable Lookup lookup) {
    NearMiss miss = nearMiss.getAndSet(null);
    if (miss != null) {
      miss.end(lookup);
    }
  }

  private void foundLater(Lookup lookup) {
    if (lookup.hit()) {
      hit(lookup.result());
    } else {
      acquire(lookup);
    }
  }

  /** Takes the lease, or waits for the result of who has it. */
  private void acquire(Lookup lookup) {
    if (looks++ == CachedCall.MAX_LOOKS) {
      load(lookup, null);
      return;
    }
    LeaseTerms terms = call.method().leaseTerms(call.policy());
    then(
        workings.protocol().acquireLater(lookup.keys(), lookup.seen(), terms),
        lease -> acquired(lookup, call.method().asked(terms, lease)));
  }

  private void acquired(Lookup lookup, @Nullable Lease lease) {
    if (lease == null) {
      ask(call.entries().search(keys), this::foundLater);
      return;
    }
    long leftNanos = deadlineNanos - System.nanoTime();
    if (lease.granted()
        || lease.isOfPut()
        || !mayWait
        || leftNanos <= 0
        || workings.flights().isCircle(lease, caller, inside)) {
      load(lookup, lease);
      return;
    }
    CompletableFuture<Flights.Landing> landing = workings.flights().landingOf(lease);
    if (landing == null) {
      waitFor(
          workings.leaseWaits().endOf(lookup.keys(), lease, leftNanos),
          ended -> leaseEnded(lookup, lease, ended));
    } else {
      waitFor(within(landing, leftNanos), landed -> landed(lookup, lease, landed));
    }
  }

  private void leaseEnded(Lookup lookup, Lease lease, boolean ended) {
    if (!ended || deadlineNanos - System.nanoTime() <= 0) {
      load(lookup, lease);
      return;
    }
    looks--;
    ask(call.entries().search(keys), this::foundLater);
  }

  /**
   * @param landing null if it takes too long
   */
  private void landed(Lookup lookup, Lease lease, Flights.@Nullable Landing landing) {
    byte[] entry = landing == null ? null : landing.entry();
    Lookup.Found found =
        entry == null ? null : call.entries().read(entry, lookup.keys(), lookup.mainToken());
    // If it has failed, or can't be cached, whoever waited goes on at once, and for himself.
    mayWait = false;
    if (found != null) {
      hit(found);
    } else if (landing == null) {
      load(lookup, lease);
    } else {
      acquire(lookup);
    }
  }

  /** Completes with null at the deadline. */
  private CompletableFuture<Flights.@Nullable Landing> within(
      CompletableFuture<Flights.Landing> landing, long timeoutNanos) {
    // Of its own: all that others hold of this call until the load ends is this future.
    CompletableFuture<Flights.@Nullable Landing> wait = new CompletableFuture<>();
    Future<?> deadline =
        workings.asyncThreads().timer().after(timeoutNanos, () -> wait.complete(null));
    var ignored =
        landing.whenComplete(
            (landed, failure) -> {
              deadline.cancel(false);
              wait.complete(landed);
            });
    return wait;
  }

  private void hit(Lookup.Found found) {
    try {
      if (over.compareAndSet(false, true)) {
        give(found);
      }
    } finally {
      leavePlace();
    }
  }

  private void give(Lookup.Found found) {
    try {
      if (missed) {
        call.values().coalescedHit();
      } else {
        call.values().hit(found, startNanos);
      }
    } finally {
      if (found.exception() && found.value() instanceof Throwable thrown) {
        answer.completeExceptionally(thrown);
      } else {
        answer.complete(found.value());
      }
    }
  }

  private void load(Lookup lookup, @Nullable Lease lease) {
    Flights.Flight flight =
        lease != null && lease.granted() ? workings.flights().begin(lease, caller, inside) : null;
    call.values().miss();
    run(
        new Load(
            call.values(),
            target,
            arguments,
            lookup,
            lease != null && lease.isOfPut() ? null : lease,
            flight,
            keys.entry(),
            System.nanoTime()),
        flight);
  }

  private void run(@Nullable Running load, Flights.@Nullable Flight flight) {
    try {
      runInPlace(load, flight);
    } finally {
      leavePlace();
    }
  }

  private void runInPlace(@Nullable Running load, Flights.@Nullable Flight flight) {
    if (!mayStillRun()) {
      try {
        if (load != null) {
          load.threw(new IllegalStateException("it runs already"));
        }
      } finally {
        leave(flight);
      }
      return;
    }
    AsyncLoad following = new AsyncLoad(call, load, answer);
    Object future;
    try {
      future = call.run(target, arguments);
    } catch (Throwable thrown) {
      following.threw(thrown);
      return;
    } finally {
      leave(flight);
    }
    following.returned(future);
  }

  private void leave(Flights.@Nullable Flight flight) {
    if (flight != null) {
      workings.flights().leave(flight);
    }
  }

  private void failed(Throwable failure) {
    if (over.get()) {
      // The caller's future has all that there is, or will get it; this can only be a bug of ours.
      answer.completeExceptionally(failure);
      return;
    }
    try {
      giveBack();
    } finally {
      call.values().failedToLookUp(AsyncLoad.causeOf(failure));
      run(null, null);
    }
  }

  private void ask(Search.Question question, Next<Lookup> next) {
    then(
        workings.protocol().readLater(question.keys(), question.namedTags()),
        read -> goOn(question.judge().judge(read), next));
  }

  private void goOn(Search search, Next<Lookup> next) throws Exception {
    if (search instanceof Lookup lookup) {
      next.with(lookup);
    } else if (search instanceof Search.Question question) {
      ask(question, next);
    }
  }

  private <T extends @Nullable Object> void then(CompletableFuture<T> future, Next<T> next) {
    var ignored = future.whenComplete((value, failure) -> goOn(value, failure, next));
  }

  /** The same where many may wait for long, all for one load: these keep nobody from beginning. */
  private <T extends @Nullable Object> void waitFor(CompletableFuture<T> future, Next<T> next) {
    leavePlace();
    var ignored =
        future.whenComplete(
            (value, failure) -> {
              enterAgain();
              goOn(value, failure, next);
            });
  }

  private <T extends @Nullable Object> void goOn(
      T value, @Nullable Throwable failure, Next<T> next) {
    call.goOn(
        () -> {
          try {
            if (failure != null) {
              failed(failure);
            } else {
              next.with(value);
            }
          } catch (Throwable e) {
            failed(e);
          }
        });
  }

  private void enterAgain() {
    if (hasPlace.compareAndSet(false, true)) {
      workings.asyncThreads().enterAgain();
    }
  }

  private void leavePlace() {
    if (hasPlace.compareAndSet(true, false)) {
      workings.asyncThreads().leave();
    }
  }
}
