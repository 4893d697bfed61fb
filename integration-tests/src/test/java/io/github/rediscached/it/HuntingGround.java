package io.github.rediscached.it;

/** Where JVMs are hunted: a Redis of some kind, and the ways to it. {@link Hunt} chooses one. */
interface HuntingGround extends AutoCloseable {

  /** Where this JVM finds Redis. */
  String uri(int jvm);

  /** One fault, which the dice of the weather choose and which it counts; returns after its end. */
  void fault(Weather weather) throws InterruptedException;

  @Override
  void close();
}
