package io.github.rediscached.agent.store;

import java.security.GeneralSecurityException;
import java.security.KeyException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What helps where a connection has failed because of TLS. Stateless. */
final class TlsFailure {

  private TlsFailure() {}

  /** As a sentence after a space; empty if the failure has nothing to do with TLS. */
  static String remedy(Throwable failure) {
    String remedy = "";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String nearer = ofOne(cause);
      if (nearer != null) {
        remedy = nearer;
      }
    }
    return remedy;
  }

  /** The deeper a cause is, the more it knows. */
  private static @Nullable String ofOne(Throwable cause) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (cause instanceof CertificateExpiredException
        || cause instanceof CertificateNotYetValidException) {
      return " Renew the certificate, or set this machine's clock.";
    }
    if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
      return " Set `redis.tls.ca` to the PEM file of the authority that has signed Redis's"
          + " certificate.";
    }
    if (cause instanceof CertificateException
        && (message.contains("subject alternative") || message.contains("no name matching"))) {
      return " The certificate is for another host: write its name in `redis.uri`, or set"
          + " `redis.tls.server-name`.";
    }
    if (cause instanceof CertificateException) {
      return " Check the certificates in `redis.tls.ca` and `redis.tls.certificate`.";
    }
    if (cause instanceof KeyException || message.contains("private key")) {
      return " Check `redis.tls.key` and `redis.tls.key-password`.";
    }
    if (cause instanceof GeneralSecurityException) {
      // Such as of the padding, after decryption by another password.
      return " Check `redis.tls.key-password` and the files of `redis.tls`.";
    }
    if (message.contains("not an ssl/tls record") || message.contains("handshake timed out")) {
      // Redis waits for the end of what it takes for a command.
      return " Maybe Redis does not speak TLS at this port: write the port that does, or let"
          + " `redis.uri` begin with redis://.";
    }
    if (message.contains("certificate_required")
        || message.contains("bad_certificate")
        || message.contains("unknown_ca")
        || message.contains("handshake_failure")) {
      return " Redis asks for a certificate that it trusts: set `redis.tls.certificate` and"
          + " `redis.tls.key`.";
    }
    return null;
  }
}
