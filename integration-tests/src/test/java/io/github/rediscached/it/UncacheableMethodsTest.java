package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.acme.uncacheable.Uncacheable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** What was asked for and can't be had is said, once, with the reason and the remedy. */
class UncacheableMethodsTest {

  private static final String TYPE = "com.acme.uncacheable.Uncacheable";

  private final TestRedis redis = TestRedis.shared();

  @Test
  void eachMethodThatCantBeCachedIsReportedOnceAndRunsAsEver() {
    Outcome outcome =
        Jvm.of(Uncacheable.class, redis)
            .library(Mono.class)
            .library(Publisher.class)
            .yaml(
                """
                caches:
                  - method: com.acme.uncacheable.Uncacheable$Contract.fulfil(int)
                  - method: com.acme.uncacheable.Uncacheable$Made.*(..)
                """)
            .run()
            .succeeded();

    // A wildcard means no constructor, so there is nothing to say of one.
    assertEquals("26", outcome.value("runs"));
    assertEquals("a1a1", outcome.value("read"));
    assertEquals(
        List.of(
            rejected("nothing", "it returns nothing (void). Remove it from the cached methods."),
            rejected(
                "byNativeCode",
                "it is native and has no code to change. Cache a method that calls it."),
            rejected("stream", onlyOnce("java.util.stream.Stream", "a list or an array")),
            rejected("numbers", onlyOnce("java.util.stream.IntStream", "a list or an array")),
            rejected("iterator", onlyOnce("java.util.Iterator", "a list or an array")),
            rejected("bytes", onlyOnce("java.io.InputStream", "bytes or text")),
            rejected("text", onlyOnce("java.io.Reader", "bytes or text")),
            rejected("publisher", reactive("java.util.concurrent.Flow$Publisher")),
            rejected("mono", reactive("reactor.core.publisher.Mono")),
            rejected("future", later("java.util.concurrent.Future")),
            rejected("task", later("java.util.concurrent.FutureTask")),
            rejected(
                "misspelled",
                "`ttl` is \"10 minuts\", not a duration. Write a number and a unit, such as 10m."),
            rejected(
                "unnamed",
                "`cache` is \"a:b\", but colons, braces and control characters would make keys"
                    + " ambiguous. Write a name without them."),
            rejected(
                "unknownVariable",
                "`key` is \"#nothing\": #nothing is not known. Known are #id, #p0, #root."),
            rejected(
                "Contract.fulfil",
                "it is abstract and has no code. Put a + behind the type in the rule, for all methods"
                    + " that implement it.")),
        outcome.err());
  }

  private static String rejected(String method, String reason) {
    String name = method.contains(".") ? TYPE + '$' + method : TYPE + '.' + method;
    return "[rediscached] WARN " + name + "(int) is not cached: " + reason;
  }

  private static String onlyOnce(String type, String instead) {
    return "it returns " + type + ", which can be read only once. Return " + instead + ".";
  }

  private static String reactive(String type) {
    return "it returns the reactive type "
        + type
        + ", which this version does not cache. Cache the blocking method behind it.";
  }

  private static String later(String type) {
    return "it returns "
        + type
        + ", which does not tell when its value is there. Return a CompletableFuture or a"
        + " CompletionStage, or cache the method that computes the value.";
  }
}
