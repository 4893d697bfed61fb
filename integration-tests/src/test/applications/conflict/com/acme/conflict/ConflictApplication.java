package com.acme.conflict;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.rediscached.RedisCached;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;
import org.objectweb.asm.ClassReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.yaml.snakeyaml.Yaml;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Uses other versions of the libraries that the agent has in itself, each in a small way, between
 * calls of cached methods.
 */
public final class ConflictApplication {

  private static final AtomicInteger RUNS = new AtomicInteger();

  private ConflictApplication() {}

  /**
   * @param args the URI of a Redis; a key in it; names of classes that may be visible
   */
  public static void main(String[] args) throws Exception {
    logWithoutTimes();
    for (int round = 1; round <= 2; round++) {
      say("greeting", greet("Ada"));
      say("lettuce", lettuce(args[0], args[1]));
      say("netty", io.netty.util.Version.identify().get("netty-common").artifactVersion());
      say("kryo", kryo(words(3)));
      say("reactor", reactor());
      say("caffeine", caffeine());
      say("byte-buddy", byteBuddy());
      say("snakeyaml", new Yaml().load("{a: [1, two]}").toString());
      say("snakeyaml-engine", snakeYamlEngine());
      say("spel", new SpelExpressionParser().parseExpression("'a' + (1 + 2)").getValue());
      say("asm", new ClassReader(ConflictApplication.class.getName()).getClassName());
      Logger log = LoggerFactory.getLogger(ConflictApplication.class);
      log.warn("round {} of {}", round, greet("Bob"));
    }
    for (int i = 2; i < args.length; i++) {
      say("visible", args[i] + " " + isVisible(args[i]));
    }
    say("runs", RUNS);
  }

  @RedisCached(cache = "greetings", ttl = "1m")
  static String greet(String name) {
    RUNS.incrementAndGet();
    return "Hello " + name;
  }

  @RedisCached(cache = "words", ttl = "1m", key = "#count + 1", condition = "#count > 0")
  static List<String> words(int count) {
    RUNS.incrementAndGet();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add("word" + i);
    }
    return words;
  }

  private static String lettuce(String uri, String key) {
    RedisClient client = RedisClient.create(uri);
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      connection.sync().set(key, greet("Lettuce"));
      return connection.sync().get(key)
          + ", "
          + connection.reactive().get(key).block(Duration.ofSeconds(20));
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
  }

  private static String kryo(List<String> value) {
    Kryo kryo = new Kryo();
    Output output = new Output(64, -1);
    kryo.writeClassAndObject(output, value);
    return kryo.readClassAndObject(new Input(output.toBytes())).toString();
  }

  private static String reactor() {
    return Flux.range(1, 5)
        .publishOn(Schedulers.parallel())
        .map(n -> greet("number " + n))
        .collectList()
        .block(Duration.ofSeconds(20))
        .toString();
  }

  private static String caffeine() {
    Cache<String, String> cache = Caffeine.newBuilder().maximumSize(10).build();
    return cache.get("key", ConflictApplication::greet) + cache.getIfPresent("none");
  }

  private static String byteBuddy() throws ReflectiveOperationException {
    return new ByteBuddy()
        .subclass(Object.class)
        .method(ElementMatchers.named("toString"))
        .intercept(FixedValue.value("made by Byte Buddy"))
        .make()
        .load(ConflictApplication.class.getClassLoader(), ClassLoadingStrategy.Default.WRAPPER)
        .getLoaded()
        .getDeclaredConstructor()
        .newInstance()
        .toString();
  }

  private static String snakeYamlEngine() {
    return new Load(LoadSettings.builder().build()).loadFromString("{b: [1, two]}").toString();
  }

  private static boolean isVisible(String className) {
    try {
      Class.forName(className, false, ConflictApplication.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static void logWithoutTimes() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("log=%level %logger{0} %msg%n");
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
  }

  private static void say(String name, Object value) {
    System.out.println(name + "=" + value);
  }
}
