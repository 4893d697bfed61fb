package io.github.rediscached.agent.call;

import io.github.rediscached.agent.expression.Expression;
import io.github.rediscached.agent.expression.ExpressionCall;
import io.github.rediscached.agent.expression.ExpressionException;
import io.github.rediscached.agent.key.ProtocolKeys;
import io.github.rediscached.agent.key.UnkeyableException;
import io.github.rediscached.agent.protocol.CallKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the Redis keys of a method's calls. Immutable and thread-safe. */
final class CallKeyPlan {

  private static final int BEFORE_TAGS = 3;

  private final CachedMethod method;
  private final ProtocolKeys protocol;
  private final byte[] cacheVersion;

  CallKeyPlan(CachedMethod method, ProtocolKeys protocol) {
    this.method = method;
    this.protocol = protocol;
    this.cacheVersion = protocol.cacheVersion(method.cache());
  }

  CallKeys of(@Nullable Object target, @Nullable Object[] arguments)
      throws UnkeyableException, ExpressionException {
    Expression key = method.cachePlan().key();
    if (key == null && method.tags().isEmptyForLookUp()) {
      return untagged(method.keys().key(target, arguments));
    }
    ExpressionCall call = method.expressionCall(target, arguments, null);
    return of(
        key == null
            ? method.keys().key(target, arguments)
            : method.keys().keyOf(method.keyValue(key, call)),
        call);
  }

  /**
   * The same where it is known already what an explicit key yields: getters may say something else
   * the next time.
   */
  CallKeys of(@Nullable Object target, @Nullable Object[] arguments, @Nullable Object keyValue)
      throws UnkeyableException, ExpressionException {
    return of(method.keys().keyOf(keyValue), method.expressionCall(target, arguments, null));
  }

  private CallKeys of(byte[] entry, ExpressionCall call) throws ExpressionException {
    if (method.tags().isEmptyForLookUp()) {
      return untagged(entry);
    }
    List<String> unnamed = method.tags().unnamed(call);
    byte[][] read = new byte[BEFORE_TAGS + unnamed.size()][];
    read[0] = entry;
    read[1] = protocol.namespaceVersion();
    read[2] = cacheVersion;
    for (int i = 0; i < unnamed.size(); i++) {
      read[BEFORE_TAGS + i] = protocol.tagVersion(unnamed.get(i));
    }
    byte[][] named = protocol.tagVersions(method.tags().namedByArguments(call));
    return new CallKeys(read, named, method.expectedTags(entry, named), System.nanoTime());
  }

  private CallKeys untagged(byte[] entry) {
    return new CallKeys(
        new byte[][] {entry, protocol.namespaceVersion(), cacheVersion},
        CallKeys.NONE,
        method.expectedTags(entry, CallKeys.NONE),
        System.nanoTime());
  }
}
