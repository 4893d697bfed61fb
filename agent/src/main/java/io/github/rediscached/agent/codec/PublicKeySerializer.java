package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Jdk;
import io.github.rediscached.agent.type.Refusal;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Public keys and certificates of the JDK's own providers, in their standard encoding. What must
 * stay secret is refused.
 */
final class PublicKeySerializer extends ValueSerializer {

  private static final String RETURN_ENCODING = "Return its encoding instead.";
  private static final String CERTIFICATE = "X.509";

  private final boolean isCertificate;

  PublicKeySerializer(boolean isCertificate) {
    super(Identity.NONE);
    this.isCertificate = isCertificate;
    setImmutable(true);
  }

  /** Refuses keys that would be for all to read who can read Redis. */
  static void refuseSecret(Class<?> type) {
    if (PrivateKey.class.isAssignableFrom(type)
        || SecretKey.class.isAssignableFrom(type)
        || type == KeyPair.class) {
      throw Refusal.of(
          type, "which is a secret and does not belong into Redis", "Do not cache this method.");
    }
  }

  @Override
  void write(GraphWriter writer, Object value) {
    try {
      String algorithm = isCertificate ? CERTIFICATE : ((Key) value).getAlgorithm();
      byte[] bytes =
          isCertificate ? ((X509Certificate) value).getEncoded() : ((Key) value).getEncoded();
      if (bytes == null || !value.equals(decode(algorithm, bytes))) {
        throw Refusal.of(value.getClass(), "which is more than its encoding", RETURN_ENCODING);
      }
      writer.writeText(algorithm);
      writer.writeLength(bytes.length);
      writer.out.writeBytes(bytes);
    } catch (GeneralSecurityException e) {
      throw Refusal.of(value.getClass(), "which has no standard encoding", RETURN_ENCODING);
    }
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    String algorithm = reader.readPresentText();
    byte[] bytes = reader.in.readBytes(reader.readLength());
    try {
      return decode(algorithm, bytes);
    } catch (GeneralSecurityException e) {
      throw Unreadable.foreign("A public key or certificate can't be read here.");
    }
  }

  private Object decode(String algorithm, byte[] bytes) throws GeneralSecurityException {
    if (!isCertificate) {
      return generate(algorithm, bytes);
    }
    Provider provider = providerOf("CertificateFactory", algorithm);
    return CertificateFactory.getInstance(algorithm, provider)
        .generateCertificate(new ByteArrayInputStream(bytes));
  }

  private static PublicKey generate(String algorithm, byte[] bytes)
      throws GeneralSecurityException {
    Provider provider = providerOf("KeyFactory", algorithm);
    return KeyFactory.getInstance(algorithm, provider)
        .generatePublic(new X509EncodedKeySpec(bytes));
  }

  /** Asks none of the application's providers, which would make other objects of it. */
  private static Provider providerOf(String service, String algorithm)
      throws GeneralSecurityException {
    for (Provider provider : Security.getProviders()) {
      if (Jdk.owns(provider.getClass()) && provider.getService(service, algorithm) != null) {
        return provider;
      }
    }
    throw new GeneralSecurityException(algorithm);
  }

  /** The type that stands for a class of the JDK's providers; null for any other class. */
  static @Nullable Class<?> typeOf(Class<?> type) {
    if (PublicKey.class.isAssignableFrom(type) && !PrivateKey.class.isAssignableFrom(type)) {
      return PublicKey.class;
    }
    return X509Certificate.class.isAssignableFrom(type) ? X509Certificate.class : null;
  }
}
