package com.acme.uncacheable;

import io.github.rediscached.RedisCached;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** Methods that are asked to be cached and can't be. They work as if they had not been asked. */
public final class Uncacheable {

  private int runs;
  private String read = "";

  private Uncacheable() {}

  public static void main(String[] args) throws Exception {
    Uncacheable methods = new Uncacheable();
    for (int i = 0; i < 2; i++) {
      methods.nothing(1);
      methods.stream(1).forEach(text -> methods.read += text);
      methods.numbers(1).forEach(number -> methods.read += number);
      methods.iterator(1).next();
      methods.bytes(1).read();
      methods.text(1).read();
      methods.publisher(1);
      methods.mono(1).block();
      methods.future(1).get();
      methods.task(1);
      methods.misspelled(1);
      methods.unnamed(1);
      methods.unknownVariable(1);
      new Contract.Fulfilled().fulfil(1);
      new Made(1);
    }
    System.out.println("runs=" + methods.runs);
    System.out.println("read=" + methods.read);
  }

  @RedisCached
  void nothing(int id) {
    runs++;
  }

  @RedisCached
  native String byNativeCode(int id);

  @RedisCached
  Stream<String> stream(int id) {
    runs++;
    return Stream.of("a");
  }

  @RedisCached
  IntStream numbers(int id) {
    runs++;
    return IntStream.of(id);
  }

  @RedisCached
  Iterator<String> iterator(int id) {
    runs++;
    return List.of("a").iterator();
  }

  @RedisCached
  InputStream bytes(int id) {
    runs++;
    return new ByteArrayInputStream(new byte[id]);
  }

  @RedisCached
  Reader text(int id) {
    runs++;
    return new StringReader("text");
  }

  @RedisCached
  Flow.Publisher<String> publisher(int id) {
    runs++;
    return subscriber -> {};
  }

  @RedisCached
  Mono<String> mono(int id) {
    runs++;
    return Mono.just("a");
  }

  @RedisCached
  Future<String> future(int id) {
    runs++;
    return CompletableFuture.completedFuture("a");
  }

  @RedisCached
  FutureTask<String> task(int id) {
    runs++;
    return new FutureTask<>(() -> "a");
  }

  @RedisCached(ttl = "10 minuts")
  String misspelled(int id) {
    runs++;
    return "a";
  }

  @RedisCached(cache = "a:b")
  String unnamed(int id) {
    runs++;
    return "a";
  }

  @RedisCached(key = "#nothing")
  String unknownVariable(int id) {
    runs++;
    return "a";
  }

  /** Named by a rule. */
  abstract static class Contract {
    abstract String fulfil(int id);

    static final class Fulfilled extends Contract {
      @Override
      String fulfil(int id) {
        return "a";
      }
    }
  }

  /** Named by a rule, with all that it has. */
  static final class Made {

    static {
      System.out.println("initialised");
    }

    private final int id;

    Made(int id) {
      this.id = id;
    }

    @Override
    public String toString() {
      return "made " + id;
    }
  }
}
