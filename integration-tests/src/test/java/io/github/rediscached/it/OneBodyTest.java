package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.acme.inheritance.OneBody;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A method of a base class gives each subclass its own, from Redis and from memory. */
class OneBodyTest {

  private final TestRedis redis = TestRedis.shared();

  @Test
  void whatOneBodyGivesIsKeptApartByTheClassOfTheObject() {
    List<String> expected =
        List.of(
            "found=User[name=ann], Order[cents=250], cached true, wrong 0",
            "keyed=User[name=ann], Order[cents=250], cached true, wrong 0",
            "later=User[name=ann], Order[cents=250], cached true, wrong 0",
            "proxies=Users 1, Orders 1, cached true, wrong 0",
            "lambdas=one 1, other 1, cached true, wrong 0",
            "changed=User[name=bob], Order[cents=300], cached true, wrong 0");

    Outcome outcome = Jvm.of(OneBody.class, redis).run().succeeded();

    assertEquals(expected, outcome.out());
    assertEquals(List.of(), outcome.log());
  }
}
