package io.github.rediscached.agent.key;

import io.github.rediscached.agent.type.EncodedText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a namespace that hold no entries but versions, the counter and leases. See
 * docs/protocol.md. Immutable and thread-safe.
 */
public final class ProtocolKeys {

  private static final int MAX_TAG_CHARS = 200;
  private static final String TAG = "~t:";
  private static final byte[][] NO_KEYS = {};
  private static final byte[] LEASE = {':', '~', 'l'};

  private final String namespace;
  private final @Nullable KeyHash hash;
  private final byte[] tagPrefix;
  private final byte[] namespaceVersion;
  private final byte[] patternVersion;
  private final byte[] tagsVersion;
  private final byte[] counter;
  private final byte[] process;

  /** With tags that can be read. */
  public ProtocolKeys(String namespace) {
    this(namespace, null);
  }

  /**
   * @param hash null if tags may be readable
   */
  public ProtocolKeys(String namespace, @Nullable KeyHash hash) {
    this.namespace = namespace;
    this.hash = hash;
    this.tagPrefix = bytes(':' + TAG);
    this.namespaceVersion = bytes(":~n");
    this.patternVersion = bytes(":~p");
    this.tagsVersion = bytes(":~u");
    this.counter = bytes(":~q");
    this.process = bytes(":~r");
  }

  /** The version on which all entries of the namespace depend. */
  public byte[] namespaceVersion() {
    return namespaceVersion;
  }

  /** The version on which all loads depend until they are stored. */
  public byte[] patternVersion() {
    return patternVersion;
  }

  /** The version that changes whenever any tag is invalidated. */
  public byte[] tagsVersion() {
    return tagsVersion;
  }

  /** The counter that versions are numbers of. */
  public byte[] counter() {
    return counter;
  }

  /** The name of the Redis process, which changes with a restart. */
  public byte[] process() {
    return process;
  }

  /** The version on which all entries of a cache depend. */
  public byte[] cacheVersion(String cache) {
    EncodedText text = new EncodedText(bytes(":~c:"), cache.length());
    text.cacheName(cache);
    return text.toBytes();
  }

  /** A tag as entries name it: longer text than {@value #MAX_TAG_CHARS} characters as a digest. */
  public static String tag(String text) {
    if (text.length() <= MAX_TAG_CHARS) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    EncodedText digest = new EncodedText(new byte[0], MAX_TAG_CHARS);
    digest.digest(Sha256.of(bytes, bytes.length));
    return new String(digest.toBytes(), StandardCharsets.US_ASCII);
  }

  /**
   * A tag as entries name it, where it may be hidden.
   *
   * @param hash null if tags may be readable
   */
  public static String tag(String text, @Nullable KeyHash hash) {
    String tag = tag(text);
    if (hash == null) {
      return tag;
    }
    EncodedText digest = new EncodedText(new byte[0], MAX_TAG_CHARS);
    digest.digest(hash.of((TAG + tag).getBytes(StandardCharsets.UTF_8)));
    return digest.toText();
  }

  /** Whether arguments and tags are hidden, so that no pattern matches them. */
  public boolean areHashed() {
    return hash != null;
  }

  /**
   * The version on which all entries with a tag depend.
   *
   * @param tag as it was written, or as {@link #tag(String)} gives it
   */
  public byte[] versionOfTag(String tag) {
    return tagVersion(tag(tag, hash));
  }

  /**
   * The same of a tag as entries name it.
   *
   * @param tag as {@link #tag(String, KeyHash)} gives it
   */
  public byte[] tagVersion(String tag) {
    byte[] name = tag.getBytes(StandardCharsets.UTF_8);
    byte[] key = Arrays.copyOf(tagPrefix, tagPrefix.length + name.length);
    System.arraycopy(name, 0, key, tagPrefix.length, name.length);
    return key;
  }

  /** The versions of several tags, in their order. */
  public byte[][] tagVersions(List<String> tags) {
    if (tags.isEmpty()) {
      return NO_KEYS;
    }
    byte[][] keys = new byte[tags.size()][];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = tagVersion(tags.get(i));
    }
    return keys;
  }

  /** The part of {@link #tagVersion} before the tag. */
  public byte[] tagPrefix() {
    return tagPrefix;
  }

  /** The begin of the keys of a cache's entries. */
  public byte[] entryPrefix(String cache) {
    EncodedText text = new EncodedText(bytes(":"), cache.length() + 1);
    text.cacheName(cache);
    text.raw(':');
    return text.toBytes();
  }

  /**
   * The version that invalidates at least all entries that a pattern matches: that of a cache if
   * the pattern names one without a wildcard, else that of the namespace.
   *
   * @param pattern a Redis glob over whole keys
   * @return null if the pattern does not begin with the namespace, so that it may match anything
   */
  public byte @Nullable [] widerThan(String pattern) {
    String prefix = namespace + ":";
    if (!pattern.startsWith(prefix)) {
      return null;
    }
    for (int i = prefix.length(); i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == ':' && i > prefix.length() && pattern.charAt(prefix.length()) != '~') {
        return bytes(":~c:" + pattern.substring(prefix.length(), i));
      }
      if (c == '*' || c == '?' || c == '[' || c == '\\') {
        break;
      }
    }
    return namespaceVersion;
  }

  /** The key of the lease of the call that loads an entry. */
  public static byte[] lease(byte[] entry) {
    byte[] key = Arrays.copyOf(entry, entry.length + LEASE.length);
    System.arraycopy(LEASE, 0, key, entry.length, LEASE.length);
    return key;
  }

  private byte[] bytes(String rest) {
    return namespace.concat(rest).getBytes(StandardCharsets.UTF_8);
  }
}
