package io.github.rediscached.agent.call;

import io.github.rediscached.agent.call.Interceptor.Running;
import io.github.rediscached.agent.protocol.Lease;
import org.jspecify.annotations.Nullable;

/**
 * The load after a miss, while the method runs.
 *
 * @param call the interceptor that has missed
 * @param target null for a static method
 * @param lookup what was found
 * @param lease under which the result may be stored; null if it may not
 * @param flight under which calls of this JVM wait for it; null if they can't
 * @param earlierKey of a load whose caller may have gone on: the key that the arguments had; else
 *     null
 * @param startNanos when the method began
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
record Load(
    CachedCall call,
    @Nullable Object target,
    @Nullable Object[] arguments,
    Lookup lookup,
    @Nullable Lease lease,
    Flights.@Nullable Flight flight,
    byte @Nullable [] earlierKey,
    long startNanos)
    implements Running {

  @Override
  public void returned(@Nullable Object result) {
    call.exit(result, this);
  }

  @Override
  public @Nullable Object threw(Throwable thrown) {
    return call.fail(thrown, this);
  }
}
