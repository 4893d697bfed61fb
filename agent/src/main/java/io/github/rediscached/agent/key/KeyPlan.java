package io.github.rediscached.agent.key;

import io.github.rediscached.agent.type.EncodedText;
import io.github.rediscached.agent.type.TextForm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How the keys of one method's entries are made: {@code <namespace>:<cache>:<arguments>}. Immutable
 * and thread-safe.
 *
 * <p>The arguments part is text, joined by commas, where the declared types of all parameters allow
 * it: {@code 42}, {@code ~} for null, {@code ()} if no argument is in the key. Else it is {@code #}
 * and 128 bits of SHA-256 over the {@linkplain CanonicalBytes canonical bytes} of all arguments.
 * Equal arguments give equal keys on every JVM.
 */
public final class KeyPlan {

  private static final byte[] NO_ARGUMENTS = {'(', ')'};
  private static final char NULL = '~';
  private static final int DIGEST_BYTES = 33;

  private final byte[] prefix;
  private final int[] keyed;

  /** Of each of these, whether the order counts if it is a set or map. */
  private final boolean[] ordered;

  private final Receiver receiver;
  private final Consumer<Class<?>> opener;

  /** The forms of the receiver (if it always is in the key) and of the arguments; null: digest. */
  private final TextForm @Nullable [] forms;

  /** Whether the object that the method is called on is in the key. */
  private enum Receiver {
    NEVER,
    ALWAYS,
    /** The method is one of an interface: if the object is a record or an enum constant. */
    IF_VALUE
  }

  private KeyPlan(
      byte[] prefix,
      int[] keyed,
      boolean[] ordered,
      Receiver receiver,
      Consumer<Class<?>> opener,
      TextForm @Nullable [] forms) {
    this.prefix = prefix;
    this.keyed = keyed;
    this.ordered = ordered;
    this.receiver = receiver;
    this.opener = opener;
    this.forms = forms;
  }

  /**
   * Plans the keys of a method.
   *
   * @param namespace the first part of every key, without colons
   * @param cache the cache's name, any text; what would be ambiguous in it is percent-encoded
   * @param parameterTypes the declared types of all parameters
   * @param keyed the indices of the parameters that are in the key, ascending
   * @param owner the class of the method, if its instance is in the key, before the arguments: a
   *     record or an enum, or an interface, whose instances are in the key if they are records or
   *     enum constants; null if the receiver is not in the key
   * @param opener makes the package of a class accessible to deep reflection. Whatever it throws
   *     makes instances of the class unkeyable
   */
  public static KeyPlan of(
      String namespace,
      String cache,
      List<Class<?>> parameterTypes,
      int[] keyed,
      @Nullable Class<?> owner,
      Consumer<Class<?>> opener) {
    EncodedText prefix =
        new EncodedText(namespace.getBytes(StandardCharsets.UTF_8), cache.length() + 2);
    prefix.raw(':');
    prefix.cacheName(cache);
    prefix.raw(':');
    Receiver receiver =
        owner == null ? Receiver.NEVER : owner.isInterface() ? Receiver.IF_VALUE : Receiver.ALWAYS;
    TextForm[] forms = forms(parameterTypes, keyed, receiver == Receiver.ALWAYS ? owner : null);
    if (forms == null || receiver == Receiver.IF_VALUE) {
      CanonicalBytes.prepare();
    }
    boolean[] ordered = new boolean[keyed.length];
    for (int i = 0; i < keyed.length; i++) {
      ordered[i] = DeclaredOrder.isIn(parameterTypes.get(keyed[i]));
    }
    return new KeyPlan(prefix.toBytes(), keyed.clone(), ordered, receiver, opener, forms);
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

  /**
   * The parameters in the key, if they alone are in it and are values: equal ones give equal keys,
   * and nobody can change them; else null.
   */
  public int @Nullable [] valueParameters() {
    return forms == null || receiver != Receiver.NEVER ? null : keyed.clone();
  }

  /**
   * Whether a declared type has values only: {@link #keyOf} gives equal keys for equal ones, and
   * nobody can change them.
   */
  public static boolean areValues(Class<?> declared) {
    return TextForm.ofDeclared(declared) != null;
  }

  /**
   * The key of a call.
   *
   * @param target the object the method is called on, null for static methods
   * @param arguments all arguments, those that are not in the key included
   * @return the whole key
   * @throws UnkeyableException if an argument has no canonical bytes, or reading it failed in
   *     whatever way
   */
  public byte[] key(@Nullable Object target, @Nullable Object[] arguments)
      throws UnkeyableException {
    boolean valueOfInterface = receiver == Receiver.IF_VALUE && isValue(target);
    byte[] readable = forms == null || valueOfInterface ? null : readable(forms, target, arguments);
    return readable != null
        ? readable
        : digest(receiver == Receiver.ALWAYS || valueOfInterface, target, arguments);
  }

  private static boolean isValue(@Nullable Object target) {
    return target instanceof Record || target instanceof Enum<?>;
  }

  /**
   * The key that an explicit {@code key} names. Text, numbers, enum constants, UUIDs and dates are
   * taken as text, whatever their type: {@code 42L} and {@code "42"} name the same entry. The text
   * of an enum constant carries its class. Other objects give a digest.
   *
   * @param value what the expression yielded
   * @return the whole key
   * @throws UnkeyableException if the value has no canonical bytes, or reading it failed
   */
  public byte[] keyOf(@Nullable Object value) throws UnkeyableException {
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
    canonical.root(CanonicalBytes.KEY, value);
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
      // Must not look like a call without arguments.
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
      canonical.root(CanonicalBytes.RECEIVER, target);
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
