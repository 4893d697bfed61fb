package io.github.rediscached.agent.call;

import io.github.rediscached.agent.expression.ArgumentPath;
import io.github.rediscached.agent.key.KeyPlan;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The values by which the calls of a method are found in memory, where these say it all.
 *
 * @param parameters the arguments that they are, or that the only one is read of
 * @param path reads the only one for an explicit key; null if there is no such key
 * @param integral whether the only one is a primitive value that fits into a long
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
record NearValues(int[] parameters, @Nullable ArgumentPath path, boolean integral) {

  /** Null if what is looked up does not depend on such values alone. */
  static @Nullable NearValues of(CachedMethod method) {
    Class<?>[] types = method.method().getParameterTypes();
    if (method.cachePlan().key() != null) {
      // Its tags are not among what is looked up: the entry names them, as others may share it.
      ArgumentPath path = method.keyPath();
      return path == null || !KeyPlan.areValues(path.type())
          ? null
          : new NearValues(
              new int[] {path.parameter()}, path, NearEntrance.isIntegral(path.type()));
    }
    int[] keyed = method.keys().valueParameters();
    if (keyed == null
        || !(method.tags().isEmptyForLookUp()
            || (keyed.length == types.length && method.tags().followArguments()))) {
      return null;
    }
    return new NearValues(
        keyed, null, keyed.length == 1 && NearEntrance.isIntegral(types[keyed[0]]));
  }

  /** Reads the value of the only argument; null if it is the argument itself. */
  @Nullable MethodHandle reader() {
    return path == null ? null : path.reader();
  }
}
