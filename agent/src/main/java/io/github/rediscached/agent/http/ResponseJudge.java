package io.github.rediscached.agent.http;

import io.github.rediscached.agent.call.Judge;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Says which stored responses may be given to one request. The look-up of a request asks it. */
final class ResponseJudge implements Judge {

  private final Selection selection;
  private final RequestDirectives directives;
  private final boolean hasCredentials;
  private final long nowMillis;
  private final BooleanSupplier mayWait;

  /**
   * @param hasCredentials whether only responses may be given that say they are for all
   * @param mayWait whether another request's answer is likely to be of use
   */
  ResponseJudge(
      Selection selection,
      RequestDirectives directives,
      boolean hasCredentials,
      long nowMillis,
      BooleanSupplier mayWait) {
    this.selection = selection;
    this.directives = directives;
    this.hasCredentials = hasCredentials;
    this.nowMillis = nowMillis;
    this.mayWait = mayWait;
  }

  @Override
  public boolean mayWait() {
    return mayWait.getAsBoolean();
  }

  @Override
  public Verdict verdictOn(@Nullable Object value) {
    if (!(value instanceof StoredResponse response)) {
      return Verdict.STALE;
    }
    if (!isFor(response)) {
      return Verdict.ANOTHER;
    }
    return response.leftMillis(nowMillis) > 0 && directives.take(response, nowMillis)
        ? Verdict.HIT
        : Verdict.STALE;
  }

  @Override
  public boolean servesStale(@Nullable Object value) {
    return value instanceof StoredResponse response
        && isFor(response)
        && (isServedWhileMadeAnew(response) || directives.takeStale(response, nowMillis));
  }

  boolean isFor(StoredResponse response) {
    return (!hasCredentials || response.terms().shared()) && response.isFor(selection);
  }

  /** By {@code stale-while-revalidate}. */
  boolean isServedWhileMadeAnew(StoredResponse response) {
    return !directives.revalidate()
        && directives.maxAgeMillis() < 0
        && directives.minFreshMillis() == 0
        && response.isWithin(response.terms().whileRevalidateMillis(), nowMillis);
  }
}
