package io.github.rediscached.agent.jmx;

import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.stats.StatsRegistry;
import io.github.rediscached.agent.thread.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Registers the beans when that does no harm; the agent starts it. Creating the platform MBean
 * server fixes its class and java.util.logging's manager for the life of the JVM, so the
 * application, which may name its own in {@code main}, must come first. A daemon waits until the
 * application has itself loaded JMX or logging, or for a minute if it never does. The beans of
 * caches that are added later follow.
 *
 * <p>Thread-safe. It never loads a class of JMX or logging before that wait is over. Beans and
 * daemon end with the agent.
 */
public final class BeanRegistration {

  /** How long to wait for an application that loads neither JMX nor logging. */
  public static final Duration DEFAULT_DELAY = Duration.ofSeconds(60);

  /** How long an application that has begun to load JMX or logging is left alone with it. */
  public static final Duration DEFAULT_GRACE = Duration.ofMillis(500);

  private static final long STOP_MILLIS = 5_000;

  private final AgentLog log;
  private final StatsRegistry caches;
  private final AgentView agent;
  private final RedisView redis;
  private final Duration delay;
  private final Duration grace;
  private final Thread daemon;

  private volatile boolean applicationUsesJmx;
  private volatile boolean newCaches;
  private volatile boolean stopped;

  /** With {@link #DEFAULT_DELAY} and {@link #DEFAULT_GRACE}. */
  public BeanRegistration(AgentLog log, StatsRegistry caches, AgentView agent, RedisView redis) {
    this(log, caches, agent, redis, DEFAULT_DELAY, DEFAULT_GRACE);
  }

  /**
   * Creates it without starting anything.
   *
   * @param delay how long to wait for an application that loads neither
   * @param grace how long to leave alone one that does
   */
  public BeanRegistration(
      AgentLog log,
      StatsRegistry caches,
      AgentView agent,
      RedisView redis,
      Duration delay,
      Duration grace) {
    this.log = log;
    this.caches = caches;
    this.agent = agent;
    this.redis = redis;
    this.delay = delay;
    this.grace = grace;
    // An anonymous class, as a lambda costs start-up time.
    this.daemon =
        DaemonThreads.named(
            "rediscached-jmx",
            new Runnable() {
              @Override
              public void run() {
                register();
              }
            });
  }

  /** Begins to wait, unless this JVM has no JMX. Call it once. */
  public void start() {
    if (ModuleLayer.boot().findModule("java.management").isPresent()) {
      daemon.start();
    } else {
      log.info(
          "There are no JMX beans of rediscached: this JVM runs without the module"
              + " java.management. Start it with --add-modules java.management to have them.");
    }
  }

  /** Removes the beans and registers no more; waits for that, so that others may follow. */
  public void stop() {
    stopped = true;
    LockSupport.unpark(daemon);
    boolean interrupted = false;
    long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
    long leftMillis = STOP_MILLIS;
    while (leftMillis > 0 && daemon.isAlive()) {
      try {
        daemon.join(leftMillis);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Says that the application has begun to use JMX or logging, see {@link JmxUse}. It only wakes
   * the daemon and loads nothing itself, so a class file transformer may call it. Classes that
   * threads of the agent load do not count.
   */
  public void applicationUsesJmx() {
    applicationUsesJmx = true;
    LockSupport.unpark(daemon);
  }

  private void register() {
    try {
      awaitApplication();
      if (!stopped) {
        registerUntilStopped();
      }
    } catch (Throwable failed) {
      // Also errors, such as those of an incomplete runtime image: nothing may leave this thread.
      log.warn("There are no JMX beans of rediscached: " + failed + ".");
    }
  }

  private void registerUntilStopped() {
    // A custom MBeanServerBuilder or LogManager is looked up with the context loader. From here on
    // this thread only registers beans.
    Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
    caches.onNewCache(this::cacheAdded);
    PlatformBeans beans = new PlatformBeans(log, caches, agent, redis);
    while (!stopped) {
      newCaches = false;
      beans.registerNewCaches();
      awaitNewCaches();
    }
    beans.unregister();
  }

  /** Runs on the application's threads. */
  private void cacheAdded() {
    newCaches = true;
    LockSupport.unpark(daemon);
  }

  private void awaitApplication() {
    long deadlineNanos = System.nanoTime() + delay.toNanos();
    while (!applicationUsesJmx && !stopped && parkUntil(deadlineNanos)) {}
    if (applicationUsesJmx) {
      long graceEndNanos = System.nanoTime() + grace.toNanos();
      while (!stopped && parkUntil(graceEndNanos)) {}
    }
  }

  private void awaitNewCaches() {
    while (!newCaches && !stopped) {
      LockSupport.park(this);
      clearInterrupt();
    }
  }

  /** Waits once, perhaps not to the deadline; false if that has passed. */
  private boolean parkUntil(long deadlineNanos) {
    long leftNanos = deadlineNanos - System.nanoTime();
    if (leftNanos <= 0) {
      return false;
    }
    LockSupport.parkNanos(this, leftNanos);
    clearInterrupt();
    return true;
  }

  /** An application that interrupts all threads of the JVM would make this one spin. */
  @SuppressWarnings("ThreadInterruptedStatusIgnored")
  private static void clearInterrupt() {
    Thread.interrupted();
  }
}
