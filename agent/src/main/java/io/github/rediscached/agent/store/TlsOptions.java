package io.github.rediscached.agent.store;

import io.lettuce.core.SslOptions;
import java.io.FileInputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What Lettuce is told of TLS, for {@link Clients}. The files are read for each connection, so
 * certificates that were renewed are used from the next one on. Stateless.
 */
final class TlsOptions {

  private TlsOptions() {}

  /**
   * @param tls null for what the JVM has
   * @param handshakeTimeout for the handshake of TLS
   */
  static SslOptions of(RedisAccess.@Nullable Tls tls, Duration handshakeTimeout) {
    SslOptions.Builder options =
        SslOptions.builder().jdkSslProvider().handshakeTimeout(handshakeTimeout);
    if (tls != null && tls.ca() != null) {
      options.trustManager(file(tls.ca()));
    }
    if (tls != null && tls.certificate() != null && tls.key() != null) {
      String password = tls.keyPassword();
      options.keyManager(
          file(tls.certificate()),
          file(tls.key()),
          password == null ? new char[0] : password.toCharArray());
    }
    return options.build();
  }

  private static SslOptions.Resource file(String path) {
    return () -> new FileInputStream(path);
  }
}
