package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kotlin.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Applications in Kotlin and Scala: a method is cached once, whatever the compilers put around it.
 * They call each method twice with the same arguments and count its runs.
 */
class OtherLanguagesTest {

  private final TestRedis redis = TestRedis.shared();
  private final String namespace = TestRedis.newNamespace();

  /**
   * With the code of interfaces in their default methods, as today, or in DefaultImpls, as once.
   */
  @ParameterizedTest
  @ValueSource(strings = {"enable", "disable"})
  void kotlinFunctionsAreCached(String defaultMethods) {
    Outcome outcome =
        run("com.acme.kotlin.Shop", Languages.kotlin("-jvm-default=" + defaultMethods), Unit.class);

    assertEquals(
        twice(
            List.of(
                "topLevel=Product(id=7, name=Bonn, tags=[a, b], price=null)",
                "withDefaults=1 name 2.0, 1 name 3.0",
                "withOverloads=1 name",
                "extension=5",
                "stock=None, Some(count=3), true",
                "nullable=null, 1",
                "unsigned=8000000000",
                "property=42",
                "inCompanion=companion 1",
                "inNamedCache=named 1",
                "inObject=object 1",
                "staticInObject=object 1",
                "price=10",
                "inInterface=2",
                "delegated=20"),
            "runs={extension=1, inCompanion=1, inInterface=1, inNamedCache=1, inObject=1, nothing=2,"
                + " nullable=2, price=2, property=1, staticInObject=1, stock=2, topLevel=1,"
                + " unsigned=1, withDefaults=2, withOverloads=1}"),
        outcome.out());
    assertEquals(
        List.of(
            "WARN com.acme.kotlin.Shop.suspended(int,kotlin.coroutines.Continuation) is not cached: it"
                + " is a Kotlin suspend function, whose result comes later. Cache a blocking method"
                + " that it calls.",
            "WARN com.acme.kotlin.Shop.nothing(int) is not cached: it returns nothing (void). Remove"
                + " it from the cached methods."),
        outcome.log());
    assertEquals(18, entries(), "one entry for each run of a cached function");
  }

  @Test
  void scalaMethodsAreCached() {
    Outcome outcome = run("com.acme.scala.Shop", Languages.scala(), scala.Option.class);

    assertEquals(
        twice(
            List.of(
                "caseClass=Product(7,Bonn,List(a, b),Some(9.90))",
                "withDefaults=1 name, 1 name",
                "curried=Map(one -> 1)",
                "stock=Empty, Some(3), true",
                "varargs=ArraySeq(2, 3)",
                "inCompanion=companion 1",
                "inObject=object 1",
                "price=10",
                "inTrait=2",
                "generic=Product(1,x,List(a, b),None)"),
            "runs=caseClass -> 1,curried -> 1,generic -> 1,inCompanion -> 1,inObject -> 1,inTrait -> 1,"
                + "nothing -> 2,price -> 1,stock -> 2,varargs -> 1,withDefaults -> 1"),
        outcome.out());
    assertEquals(
        List.of(
            "WARN com.acme.scala.Catalog.nothing(int) is not cached: it returns nothing (void). Remove"
                + " it from the cached methods."),
        outcome.log());
    assertEquals(11, entries(), "one entry for each run of a cached method");
  }

  private Outcome run(String main, Path classes, Class<?> library) {
    return Jvm.of(main)
        .on(redis)
        .setting("namespace", namespace)
        .classPath(classes)
        .library(library)
        .run()
        .succeeded();
  }

  private int entries() {
    return redis.commands().keys(namespace + ":[^~]*").size();
  }

  private static List<String> twice(List<String> lines, String last) {
    List<String> all = new ArrayList<>(lines);
    all.addAll(lines);
    all.add(last);
    return all;
  }
}
