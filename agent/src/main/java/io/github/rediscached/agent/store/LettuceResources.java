package io.github.rediscached.agent.store;

import io.github.rediscached.agent.thread.DaemonThreads;
import io.lettuce.core.event.DefaultEventPublisherOptions;
import io.lettuce.core.event.Event;
import io.lettuce.core.event.EventBus;
import io.lettuce.core.event.EventPublisherOptions;
import io.lettuce.core.event.jfr.EventRecorder;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EventLoopGroupProvider;
import io.lettuce.core.resource.NettyCustomizer;
import io.lettuce.core.resource.SocketAddressResolver;
import io.lettuce.core.resource.ThreadFactoryProvider;
import io.lettuce.core.tracing.Tracing;
import io.netty.channel.Channel;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.PlatformDependent;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * What Lettuce runs on, cut down to what one connection needs: a thread for the socket and one for
 * timers, names resolved by the JDK, no events, no metrics, no flight recordings. Lettuce's own set
 * would take a third of the time to the first connection. Lives until the agent leaves the JVM.
 */
final class LettuceResources implements ClientResources {

  private static final long SHUTDOWN_MILLIS = 1_000;

  private final EventLoopGroupProvider loops;
  private final EventExecutorGroup executors;
  private final Timer timer;
  private final SocketAddressResolver addresses;
  private final EventBus events = new NoEvents();
  private volatile @Nullable Executor socketThread;

  LettuceResources(SocketAddressResolver addresses) {
    this.addresses = addresses;
    switchRecordingsOff();
    ThreadFactoryProvider threads = LettuceResources::threads;
    this.loops = new DefaultEventLoopGroupProvider(1, threads);
    this.executors = new DefaultEventExecutorGroup(1, threads("executor"));
    this.timer = new HashedWheelTimer(threads("timer"));
  }

  /**
   * They load a hundred classes of the JDK, and Lettuce's fail where another copy of it is in the
   * JVM. The properties are relocated together with the libraries, so the application's own
   * settings are others, and they are read once.
   */
  private static void switchRecordingsOff() {
    System.setProperty("io.lettuce.core.jfr", "false");
    System.setProperty("io.netty.jfr.enabled", "false");
    EventRecorder.getInstance();
    PlatformDependent.isJfrEnabled();
    System.clearProperty("io.lettuce.core.jfr");
    System.clearProperty("io.netty.jfr.enabled");
  }

  /** Ends the threads, in the background. */
  void close() {
    timer.stop();
    Future<?> unusedLoops = loops.shutdown(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS);
    Future<?> unusedExecutors =
        executors.shutdownGracefully(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public EventLoopGroupProvider eventLoopGroupProvider() {
    return loops;
  }

  @Override
  public EventExecutorGroup eventExecutorGroup() {
    return executors;
  }

  @Override
  public int ioThreadPoolSize() {
    return 1;
  }

  @Override
  public int computationThreadPoolSize() {
    return 1;
  }

  @Override
  public Timer timer() {
    return timer;
  }

  @Override
  public AddressResolverGroup<?> addressResolverGroup() {
    return DefaultAddressResolverGroup.INSTANCE;
  }

  @Override
  public SocketAddressResolver socketAddressResolver() {
    return addresses;
  }

  @Override
  public EventBus eventBus() {
    return events;
  }

  @Override
  public CommandLatencyRecorder commandLatencyRecorder() {
    return CommandLatencyRecorder.disabled();
  }

  @Override
  public EventPublisherOptions commandLatencyPublisherOptions() {
    return DefaultEventPublisherOptions.disabled();
  }

  @Override
  public NettyCustomizer nettyCustomizer() {
    return new NettyCustomizer() {
      @Override
      public void afterChannelInitialized(Channel channel) {
        socketThread = channel.eventLoop();
      }
    };
  }

  /** The one thread that reads and writes the socket. Known once a connection has been tried. */
  Executor socketThread() {
    return Objects.requireNonNull(socketThread);
  }

  /** Not asked: {@link Connector} connects again. */
  @Override
  public Delay reconnectDelay() {
    return Delay.constant(Duration.ofSeconds(1));
  }

  @Override
  public Tracing tracing() {
    return Tracing.disabled();
  }

  @Override
  public Future<Boolean> shutdown() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Boolean> shutdown(long quietPeriod, long timeout, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Builder mutate() {
    throw new UnsupportedOperationException();
  }

  private static ThreadFactory threads(String pool) {
    return DaemonThreads.isolating(new DefaultThreadFactory("rediscached-" + pool));
  }

  private static final class NoEvents implements EventBus {
    @Override
    public Flux<Event> get() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void publish(Event event) {}
  }
}
