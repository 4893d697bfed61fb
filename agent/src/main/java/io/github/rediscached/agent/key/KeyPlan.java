package io.github.rediscached.agent.key;

import io.github.rediscached.agent.type.EncodedText;
import io.github.rediscached.agent.type.TextForm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the keys of the entries of one method: {@code <namespace>:<cache>:<arguments>}. A call
 * makes its key here before it looks in any cache. Immutable and thread-safe.
 *
 * <p>The arguments part is text, joined by commas, where the declared types of all parameters allow
 * it: {@code 42}, {@code ~} for null, {@code ()} if no argument is in the key. Else it is {@code #}
 * and 128 bits of SHA-256 over the {@linkplain CanonicalBytes canonical bytes} of all arguments.
 * Equal arguments give equal keys on every JVM. With a {@link KeyHash} the arguments part is its
 * digest of this key.
 */
public final class KeyPlan {

  private static final byte[] NO_ARGUMENTS = {'(', ')'};
  private static final char NULL = '~';
  private static final int DIGEST_BYTES = 33;

  private final byte[] prefix;
  private final int[] keyed;

  /** For each of these, whether the order of a set or map counts. */
  private final boolean[] ordered;

  private final Receiver receiver;
  private final Consumer<Class<?>> opener;
  private final @Nullable KeyHash hash;

  /**
   * The forms of the receiver, if it is always in the key, and of the arguments; null for a digest.
   */
  private final TextForm @Nullable [] forms;

  /** Whether the object that the method is called on is in the key. */
  private enum Receiver {
    NEVER,
    ALWAYS,
    /**
     * The method is declared by an interface. The object counts if it is a record or enum constant.
     */
    IF_VALUE
  }

  /** With arguments that can be read. */
  public KeyPlan(
      String namespace,
      String cache,
      List<Class<?>> parameterTypes,
      int[] keyed,
      @Nullable Class<?> owner,
      Consumer<Class<?>> opener) {
    this(namespace, cache, parameterTypes, keyed, owner, opener, null);
  }

  /**
   * Plans the keys of a method.
   *
   * @param namespace the first part of each key, without colons
   * @param cache the cache's name, any text; ambiguous characters in it are percent-encoded
   * @param parameterTypes the declared types of all parameters
   * @param keyed the indices of the parameters that are in the key, ascending
   * @param owner the class of the method if the receiver is in the key, before the arguments: a
   *     record or an enum, or an interface, whose instances are in the key if they are records or
   *     enum constants; null if the receiver is not in the key
   * @param opener makes the package of a class accessible to reflection. If it throws, instances of
   *     the class are unkeyable
   * @param hash null if arguments may be readable
   */
  public KeyPlan(
      String namespace,
      String cache,
      List<Class<?>> parameterTypes,
      int[] keyed,
      @Nullable Class<?> owner,
      Consumer<Class<?>> opener,
      @Nullable KeyHash hash) {
    EncodedText text =
        new EncodedText(namespace.getBytes(StandardCharsets.UTF_8), cache.length() + 2);
    text.raw(':');
    text.cacheName(cache);
    text.raw(':');
    this.prefix = text.toBytes();
    this.keyed = keyed.clone();
    this.opener = opener;
    this.hash = hash;
    this.receiver =
        owner == null ? Receiver.NEVER : owner.isInterface() ? Receiver.IF_VALUE : Receiver.ALWAYS;
    this.forms = forms(parameterTypes, keyed, receiver == Receiver.ALWAYS ? owner : null);
    if (forms == null || receiver == Receiver.IF_VALUE) {
      CanonicalBytes.prepare();
    }
    this.ordered = new boolean[keyed.length];
    for (int i = 0; i < keyed.length; i++) {
      ordered[i] = DeclaredOrder.isIn(parameterTypes.get(keyed[i]));
    }
  }

  private static TextForm @Nullable [] forms(
      List<Class<?>> parameterTypes, int[] keyed, @Nullable Class<?> receiver) {
    int first = receiver == null ? 0 : 1;
    TextForm[] forms = new TextForm[first + keyed.length];
    for (int i = 0; i < forms.length; i++) {
      Class<?> type = i < first ? receiver : parameterTypes.get(keyed[i - first]);
      TextForm form = type == null ? null : TextForm.ofDeclared(type);
      if (form == null) {
        return null;
      }
      forms[i] = form;
    }
    return forms;
  }

  /** What hides arguments; null if they may be readable. */
  public @Nullable KeyHash hash() {
    return hash;
  }

  /**
   * The parameters in the key, if there is nothing else in it and all are immutable values whose
   * equality is that of their keys; else null.
   */
  public int @Nullable [] valueParameters() {
    return forms == null || receiver != Receiver.NEVER ? null : keyed.clone();
  }

  /**
   * Whether all objects of a declared type are immutable values whose equality is that of the keys
   * by {@link #keyOf}.
   */
  public static boolean areValues(Class<?> declared) {
    return TextForm.ofDeclared(declared) != null;
  }

  /**
   * The key of a call.
   *
   * @param target the object that the method is called on, null for static methods
   * @param arguments all arguments, including those that are not in the key
   * @return the whole key
   * @throws UnkeyableException if an argument has no canonical bytes, or reading it failed
   */
  public byte[] key(@Nullable Object target, @Nullable Object[] arguments)
      throws UnkeyableException {
    boolean valueOfInterface = receiver == Receiver.IF_VALUE && isValue(target);
    byte[] readable = forms == null || valueOfInterface ? null : readable(forms, target, arguments);
    return hidden(
        readable != null
            ? readable
            : digest(receiver == Receiver.ALWAYS || valueOfInterface, target, arguments));
  }

  private byte[] hidden(byte[] key) {
    if (hash == null) {
      return key;
    }
    EncodedText text = new EncodedText(prefix, DIGEST_BYTES);
    text.digest(hash.of(key));
    return text.toBytes();
  }

  private static boolean isValue(@Nullable Object target) {
    return target instanceof Record || target instanceof Enum<?>;
  }

  /**
   * The key that an explicit {@code key} names. Text, numbers, enum constants, UUIDs and dates are
   * taken as text without their type: {@code 42L} and {@code "42"} name the same entry. The text of
   * an enum constant carries its class. Other objects give a digest.
   *
   * @param value the value of the expression
   * @return the whole key
   * @throws UnkeyableException if the value has no canonical bytes, or reading it failed
   */
  public byte[] keyOf(@Nullable Object value) throws UnkeyableException {
    return hidden(plainKeyOf(value));
  }

  private byte[] plainKeyOf(@Nullable Object value) throws UnkeyableException {
    if (value == null) {
      EncodedText text = new EncodedText(prefix, 1);
      text.raw(NULL);
      return text.toBytes();
    }
    TextForm form = TextForm.ofValue(value);
    if (form != null) {
      EncodedText text = new EncodedText(prefix, form.estimateBytes(value));
      if (write(value, form, text, true)) {
        return text.toBytes();
      }
    }
    CanonicalBytes canonical = new CanonicalBytes(opener);
    canonical.writeVarInt(1, true);
    canonical.root(CanonicalBytes.KEY, value, false);
    return digest(canonical);
  }

  private byte @Nullable [] readable(
      TextForm[] textForms, @Nullable Object target, @Nullable Object[] arguments) {
    int length = textForms.length;
    if (length == 0) {
      EncodedText text = new EncodedText(prefix, NO_ARGUMENTS.length);
      text.raw(NO_ARGUMENTS);
      return text.toBytes();
    }
    int moreBytes = length - 1;
    for (int i = 0; i < length; i++) {
      Object value = value(i, target, arguments);
      moreBytes += value == null ? 1 : textForms[i].estimateBytes(value);
    }
    EncodedText text = new EncodedText(prefix, moreBytes);
    for (int i = 0; i < length; i++) {
      if (i > 0) {
        text.raw(',');
      }
      if (!write(value(i, target, arguments), textForms[i], text, length == 1)) {
        return null;
      }
    }
    return text.toBytes();
  }

  private static boolean write(
      @Nullable Object value, TextForm form, EncodedText text, boolean alone) {
    if (value == null) {
      text.raw(NULL);
      return true;
    } else if (alone && value.equals("()")) {
      // The key must differ from that of a call without arguments.
      text.percent('(');
      text.raw(')');
      return true;
    }
    return form.write(value, text);
  }

  private @Nullable Object value(int index, @Nullable Object target, @Nullable Object[] arguments) {
    if (receiver != Receiver.ALWAYS) {
      return arguments[keyed[index]];
    }
    return index == 0 ? target : arguments[keyed[index - 1]];
  }

  private byte[] digest(boolean ofTarget, @Nullable Object target, @Nullable Object[] arguments)
      throws UnkeyableException {
    CanonicalBytes canonical = new CanonicalBytes(opener);
    canonical.writeVarInt(keyed.length + (ofTarget ? 1 : 0), true);
    if (ofTarget) {
      canonical.root(CanonicalBytes.RECEIVER, target, false);
    }
    for (int i = 0; i < keyed.length; i++) {
      canonical.root(keyed[i], arguments[keyed[i]], ordered[i]);
    }
    return digest(canonical);
  }

  private byte[] digest(CanonicalBytes canonical) {
    EncodedText text = new EncodedText(prefix, DIGEST_BYTES);
    text.digest(canonical.sha256());
    return text.toBytes();
  }
}
