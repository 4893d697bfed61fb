package io.github.rediscached.agent.call;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a miss while the method runs.
 *
 * @param call whose miss it is
 * @param target null for a static method
 * @param lookup what was found
 * @param lease under which the result may be stored; null if it may not
 * @param flight who waits for it in this JVM; null if nobody can
 * @param refreshedKey of a load in the background: the key that the arguments had; else null
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
    byte @Nullable [] refreshedKey,
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
