package io.github.rediscached.agent.store;

import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.thread.Timer;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * User and password that change while the application runs. Each new connection logs in with the
 * newest; those that live log in again when they have changed, without a pause in their work, since
 * services end a connection with the life of its token. {@link Clients} makes it where {@code
 * redis.credentials} is set, and {@link BareClient} tells it of connections. Thread-safe.
 */
final class RotatingLogin implements RedisCredentialsProvider.ImmediateRedisCredentialsProvider {

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final LoginSource source;
  private final long freshNanos;
  private final AgentLog log;
  private final Timer timer = new Timer("rediscached-credentials");
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Login login;
  private volatile boolean doubtful = true;
  private volatile long askedNanos = System.nanoTime() - TimeUnit.DAYS.toNanos(1);
  private @Nullable LoginUnknownException unknown;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile boolean stopped;

  /**
   * @param freshNanos how long what the source has told is good; 0 if it costs nothing to ask
   */
  RotatingLogin(LoginSource source, long freshNanos, AgentLog log) {
    this.source = source;
    this.freshNanos = freshNanos;
    this.log = log;
  }

  static RotatingLogin of(RedisAccess.Credentials credentials, AgentLog log) {
    String file = credentials.file();
    return file == null
        ? new RotatingLogin(
            LoginSource.command(credentials.command()), credentials.refresh().toNanos(), log)
        : new RotatingLogin(LoginSource.file(file), 0, log);
  }

  /**
   * The newest. On the thread that connects: it may wait for the source.
   *
   * @throws LoginUnknownException if there are none
   */
  Login newest() {
    if (isDue()) {
      ask();
    }
    Login present = login;
    if (present == null) {
      throw failure();
    }
    return present;
  }

  /** A connection has logged in. */
  void connected(StatefulRedisConnectionImpl<?, ?> connection, Login with) {
    Session session = new Session(connection, with);
    sessions.add(session);
    connection.addListener(session);
    if (!connection.isOpen()) {
      session.end();
    }
    beginToLook();
  }

  /** A connection could not be made; Redis may have refused it for its login. */
  void failed(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      doubtful |= cause instanceof RedisCommandExecutionException;
    }
  }

  @Override
  public RedisCredentials resolveCredentialsNow() {
    Login present = login;
    return present == null
        ? RedisCredentials.just(null, (CharSequence) null)
        : RedisCredentials.just(present.user(), present.password());
  }

  @Override
  public Mono<RedisCredentials> resolveCredentials() {
    return Mono.just(resolveCredentialsNow());
  }

  private synchronized LoginUnknownException failure() {
    return unknown == null
        ? new LoginUnknownException("`redis.credentials` is being read")
        : unknown;
  }

  /** A source is not asked all the time, however often Redis refuses what it has told. */
  private boolean isDue() {
    long ageNanos = System.nanoTime() - askedNanos;
    return ageNanos >= freshNanos || (doubtful && ageNanos >= LOOK_NANOS);
  }

  private synchronized void ask() {
    if (!isDue()) {
      return;
    }
    askedNanos = System.nanoTime();
    doubtful = false;
    try {
      login = source.read();
      unknown = null;
    } catch (LoginUnknownException e) {
      doubtful = true;
      unknown = e;
      if (login != null) {
        log.warnOnce(
            "credentials " + e.getMessage(),
            e.getMessage() + ". The user and password that were known before are used.");
      }
    }
  }

  private void beginToLook() {
    if (looking.compareAndSet(false, true)) {
      lookLater();
    }
  }

  /** Looks for no newer ones. */
  void stop() {
    stopped = true;
  }

  private void lookLater() {
    if (stopped) {
      return;
    }
    long pauseNanos = freshNanos == 0 ? LOOK_NANOS : Math.min(freshNanos, LOOK_NANOS);
    Future<?> unused =
        timer.after(
            pauseNanos,
            () -> {
              try {
                look();
              } finally {
                lookLater();
              }
            });
  }

  private void look() {
    if (isDue()) {
      ask();
    }
    Login present = login;
    if (present != null) {
      for (Session session : sessions) {
        session.logIn(present);
      }
    }
  }

  /** An open connection, and the login that it has used last. */
  private final class Session implements RedisConnectionStateListener {

    private final StatefulRedisConnectionImpl<?, ?> connection;
    private volatile Login present;
    private volatile boolean asking;

    Session(StatefulRedisConnectionImpl<?, ?> connection, Login present) {
      this.connection = connection;
      this.present = present;
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
      end();
    }

    void end() {
      sessions.remove(this);
      // Maybe Redis has ended it because of its login.
      doubtful = true;
    }

    void logIn(Login next) {
      if (asking || next.equals(present)) {
        return;
      }
      asking = true;
      String user = next.user();
      byte[] password = next.password().getBytes(StandardCharsets.UTF_8);
      byte[][] arguments =
          user == null
              ? new byte[][] {password}
              : new byte[][] {user.getBytes(StandardCharsets.UTF_8), password};
      try {
        connection.getChannelWriter().write(new Authentication(this, next, arguments));
      } catch (RuntimeException e) {
        // It has ended, or will have to wait for the next look.
        asking = false;
      }
    }

    private void loggedIn(Login as) {
      present = as;
      asking = false;
    }

    private void refused(Throwable failure) {
      asking = false;
      if (failure instanceof RedisCommandExecutionException) {
        doubtful = true;
        log.warnOnce(
            "credentials refused",
            "Redis has refused the new user and password of `redis.credentials` ("
                + Reason.of(failure)
                + "). The connection keeps the old ones while Redis lets it. Check what"
                + " `redis.credentials` names.");
      }
    }
  }

  private static final class Authentication extends Request {

    private final Session session;
    private final Login login;

    Authentication(Session session, Login login, byte[][] arguments) {
      super(CommandType.AUTH, arguments);
      this.session = session;
      this.login = login;
    }

    @Override
    void answered(byte[] @Nullable [] answer) {
      session.loggedIn(login);
    }

    @Override
    void failed(Throwable failure) {
      session.refused(failure);
    }
  }
}
