package io.github.rediscached.agent.call;

import io.github.rediscached.agent.call.Interceptor.Running;
import io.github.rediscached.agent.protocol.Lease;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs the look-up of one call of an asynchronous method: each step in a thread of ours when the
 * question before it is answered. Ends with the caller's future: with a hit, or with what the
 * method's own future brings. The method is run at most once, and whatever goes wrong before it, it
 * is run.
 */
final class AsyncLookup {

  private final AsyncCall call;
  private final CallContext context;
  private final @Nullable Object target;
  private final @Nullable Object[] arguments;
  private final LookupSteps steps;
  private final CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
  private final AtomicBoolean over = new AtomicBoolean();

  /** Of {@link AsyncThreads}. It has none while it waits for another call's load. */
  private final AtomicBoolean hasPlace = new AtomicBoolean();

  AsyncLookup(
      AsyncCall call, @Nullable Object target, @Nullable Object[] arguments, LookupSteps steps) {
    this.call = call;
    this.context = call.context();
    this.target = target;
    this.arguments = arguments;
    this.steps = steps;
  }

  /** The caller's own. */
  CompletableFuture<@Nullable Object> answer() {
    return answer;
  }

  /** Returns at once: whether there was a place for it. */
  boolean begin() {
    if (!context.asyncThreads().enter()) {
      return false;
    }
    hasPlace.set(true);
    goOn(steps.first());
    return true;
  }

  /** Whether the caller may, and must, run the method; afterwards this does nothing more. */
  boolean giveUp() {
    boolean may = mayStillRun();
    if (may) {
      leavePlace();
    }
    return may;
  }

  /** Whether the method may be run here, and must be; afterwards it may not be run again. */
  private boolean mayStillRun() {
    boolean may = over.compareAndSet(false, true);
    if (may) {
      steps.endNear(null);
    }
    return may;
  }

  private void goOn(Step<LookupSteps.Outcome> step) {
    if (step instanceof Step.Ask<?, LookupSteps.Outcome> ask) {
      ask(ask);
    } else if (step.value() instanceof LookupSteps.Outcome.Hit hit) {
      hit(hit);
    } else {
      load((LookupSteps.Outcome.Miss) step.value());
    }
  }

  /**
   * Many calls may wait for long, all for one load: meanwhile they keep no other from beginning.
   */
  private <A extends @Nullable Object> void ask(Step.Ask<A, LookupSteps.Outcome> ask) {
    if (ask.waits()) {
      leavePlace();
    }
    var ignored =
        ask.question()
            .askLater()
            .whenComplete(
                (value, failure) -> {
                  if (ask.waits()) {
                    enterAgain();
                  }
                  call.goOn(() -> answered(ask, value, failure));
                });
  }

  private <A extends @Nullable Object> void answered(
      Step.Ask<A, LookupSteps.Outcome> ask, A value, @Nullable Throwable failure) {
    try {
      if (failure != null) {
        failed(failure);
      } else {
        goOn(ask.next().after(value));
      }
    } catch (Throwable e) {
      failed(e);
    }
  }

  private void hit(LookupSteps.Outcome.Hit hit) {
    try {
      if (over.compareAndSet(false, true)) {
        give(hit);
      }
    } finally {
      leavePlace();
    }
  }

  private void give(LookupSteps.Outcome.Hit hit) {
    Lookup.Found found = hit.found();
    try {
      call.values().hit(hit, steps.nanosSoFar());
    } finally {
      if (found.exception() && found.value() instanceof Throwable thrown) {
        answer.completeExceptionally(thrown);
      } else {
        answer.complete(found.value());
      }
    }
  }

  private void load(LookupSteps.Outcome.Miss miss) {
    Lease lease = miss.lease();
    Flights.Flight flight =
        lease != null && lease.granted() ? context.flights().begin(lease, steps.caller()) : null;
    run(call.values().load(miss, target, arguments, flight, steps.keys().entry()), flight);
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
      context.flights().leave(flight);
    }
  }

  private void failed(Throwable failure) {
    if (over.get()) {
      // The caller's future has all that there is, or will get it; this can only be a bug of ours.
      answer.completeExceptionally(failure);
      return;
    }
    call.values().failedToLookUp(AsyncLoad.causeOf(failure));
    run(null, null);
  }

  private void enterAgain() {
    if (hasPlace.compareAndSet(false, true)) {
      context.asyncThreads().enterAgain();
    }
  }

  private void leavePlace() {
    if (hasPlace.compareAndSet(true, false)) {
      context.asyncThreads().leave();
    }
  }
}
