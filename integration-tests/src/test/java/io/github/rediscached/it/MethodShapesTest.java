package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.acme.methods.DeepStack;
import com.acme.methods.Shapes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever shape a method has, it runs once and then answers from Redis. */
class MethodShapesTest {

  private final TestRedis redis = TestRedis.shared();

  @Test
  void aMethodOfAnyShapeRunsOnceAndThenAnswersFromRedis() {
    Outcome outcome = Jvm.of(Shapes.class, redis).run().succeeded();

    // The result of both calls, and how often the method ran.
    assertEquals(
        List.of(
            "static=static 1, 1",
            "instance=instance 1, 1",
            "private=private 1, 1",
            "final=final 1, 1",
            "synchronized=true, 1",
            "unlocked=true",
            "staticSynchronized=true, 1",
            "unlockedClass=true",
            // All primitive types.
            "boolean=true, 1",
            "byte=-128, 1",
            "short=-32768, 1",
            "char=x, 1",
            "int=-2147483648, 1",
            "long=-9223372036854775808, 1",
            "float=NaN, 1",
            "double=-0.0, 1",
            // Parameters.
            "wide=1 2.5 three 4 5 6.0, 1",
            "staticWide=1.5 2 c, 1",
            "varargs=a3, 1",
            "noVarargs=a0, 1",
            "reassigned=x543216, 1",
            "none=none, 1",
            // Results.
            "array=[1, 0, 0], 1",
            "arrays=[[x, null], [], null], 1",
            "generic={x=[1, 2]}, 1",
            "variable=b, 1",
            "optional=Optional[optional 1], 1",
            "noOptional=Optional.empty, 1",
            "boxed=7, 1",
            "null=null, 1",
            "nullNotCached=null, 2",
            "notNullCached=something, 1",
            // Code.
            "return in try=try 10, 1",
            "return in catch=catch, 1",
            "return in finally=finally, 1",
            "nested tries=2112, 1",
            "resources=1false first closed, 1",
            "loop=3628800.0, 1",
            "endless loop=-1, 1",
            "switch=2, 1",
            "switch expression=three3, 1",
            "returns=Optional[3.0], 1",
            "unassigned=assigned 7, 1",
            "lambda=40, 1",
            "monitor=xtruefalse, 1",
            "patterns=text x, 1",
            "ternaries=3, 1",
            // Exceptions.
            "throws=IOException failed 1, 2",
            "cachedException=IllegalStateException state, 1",
            "cachedSubclass=Substate substate, 1",
            "otherException=IllegalArgumentException argument, 2",
            "same exception=true",
            // Types.
            "interface default=default 1, 1",
            "interface static=static 1, 1",
            "interface private=private 1, 1",
            "record=4, 1",
            "other record=8, 1",
            "enum=5, 1",
            "other enum=6, 1",
            "inner=inner 1true, 1",
            "nested type=1, 1",
            "local=local 1, 1",
            "anonymous=anonymous 1, 1",
            "bridge=xx, 1",
            "through bridge=yy, 1",
            "covariant=[copy 1], 1",
            "through covariant=[copy 2], 1",
            // Calls within calls.
            "recursion=6765, 21",
            "nested=outer inner 3inner 3, 2"),
        outcome.out());
    assertEquals(List.of(), outcome.err());
  }

  @Test
  void aFirstCallWithoutStackDoesNotKeepLaterCallsFromBeingCached() {
    Outcome outcome = Jvm.of(DeepStack.class, redis).run().succeeded();

    assertEquals(
        List.of("another method=another 1, 1", "deep=true", "after a stack overflow=end 2, 1"),
        outcome.out());
  }
}
