package io.github.rediscached.agent.key;

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
  private final boolean receiverKeyed;
  private final Consumer<Class<?>> opener;

  /** The forms of the receiver (if it is in the key) and of the keyed arguments; null: digest. */
  private final TextForm @Nullable [] forms;

  private KeyPlan(
      byte[] prefix,
      int[] keyed,
      boolean receiverKeyed,
      Consumer<Class<?>> opener,
      TextForm @Nullable [] forms) {
    this.prefix = prefix;
    this.keyed = keyed;
    this.receiverKeyed = receiverKeyed;
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
   * @param receiver the record or enum class whose instance is in the key, before the arguments;
   *     null if the receiver is not in the key
   * @param opener makes the package of a class accessible to deep reflection. Whatever it throws
   *     makes instances of the class unkeyable
   */
  public static KeyPlan of(
      String namespace,
      String cache,
      List<Class<?>> parameterTypes,
      int[] keyed,
      @Nullable Class<?> receiver,
      Consumer<Class<?>> opener) {
    KeyText prefix = new KeyText(namespace.getBytes(StandardCharsets.UTF_8), cache.length() + 2);
    prefix.raw(':');
    prefix.cacheName(cache);
    prefix.raw(':');
    TextForm[] forms = forms(parameterTypes, keyed, receiver);
    if (forms == null) {
      CanonicalBytes.prepare();
    }
    return new KeyPlan(prefix.toBytes(), keyed.clone(), receiver != null, opener, forms);
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
    return forms == null || receiverKeyed ? null : keyed.clone();
  }

  /**
   * The key of a call.
   *
   * @param receiver the object the method is called on, null for static methods
   * @param arguments all arguments, those that are not in the key included
   * @return the whole key
   * @throws UnkeyableException if an argument has no canonical bytes, or reading it failed in
   *     whatever way
   */
  public byte[] key(@Nullable Object receiver, @Nullable Object[] arguments)
      throws UnkeyableException {
    byte[] readable = forms == null ? null : readable(forms, receiver, arguments);
    return readable != null ? readable : digest(receiver, arguments);
  }

  /**
   * The key that an explicit {@code key} names. Text, numbers, enum constants, UUIDs and dates are
   * taken as text, whatever their type: {@code 42L} and {@code "42"} name the same entry. Other
   * objects give a digest.
   *
   * @param value what the expression yielded
   * @return the whole key
   * @throws UnkeyableException if the value has no canonical bytes, or reading it failed
   */
  public byte[] keyOf(@Nullable Object value) throws UnkeyableException {
    if (value == null) {
      KeyText text = new KeyText(prefix, 1);
      text.raw(NULL);
      return text.toBytes();
    }
    TextForm form = TextForm.ofValue(value);
    if (form != null) {
      KeyText text = new KeyText(prefix, form.estimateBytes(value));
      if (write(value, form, text, true)) {
        return text.toBytes();
      }
    }
    CanonicalBytes canonical = new CanonicalBytes(opener);
    canonical.count(1);
    canonical.root(CanonicalBytes.KEY, value);
    return digest(canonical);
  }

  private byte @Nullable [] readable(
      TextForm[] textForms, @Nullable Object receiver, @Nullable Object[] arguments) {
    int length = textForms.length;
    if (length == 0) {
      KeyText text = new KeyText(prefix, NO_ARGUMENTS.length);
      text.raw(NO_ARGUMENTS);
      return text.toBytes();
    }
    int moreBytes = length - 1;
    for (int i = 0; i < length; i++) {
      Object value = value(i, receiver, arguments);
      moreBytes += value == null ? 1 : textForms[i].estimateBytes(value);
    }
    KeyText text = new KeyText(prefix, moreBytes);
    for (int i = 0; i < length; i++) {
      if (i > 0) {
        text.raw(',');
      }
      if (!write(value(i, receiver, arguments), textForms[i], text, length == 1)) {
        return null;
      }
    }
    return text.toBytes();
  }

  private static boolean write(@Nullable Object value, TextForm form, KeyText text, boolean alone) {
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

  private @Nullable Object value(
      int index, @Nullable Object receiver, @Nullable Object[] arguments) {
    if (!receiverKeyed) {
      return arguments[keyed[index]];
    }
    return index == 0 ? receiver : arguments[keyed[index - 1]];
  }

  private byte[] digest(@Nullable Object receiver, @Nullable Object[] arguments)
      throws UnkeyableException {
    CanonicalBytes canonical = new CanonicalBytes(opener);
    canonical.count(keyed.length + (receiverKeyed ? 1 : 0));
    if (receiverKeyed) {
      canonical.root(CanonicalBytes.RECEIVER, receiver);
    }
    for (int index : keyed) {
      canonical.root(index, arguments[index]);
    }
    return digest(canonical);
  }

  private byte[] digest(CanonicalBytes canonical) {
    KeyText text = new KeyText(prefix, DIGEST_BYTES);
    text.digest(canonical.sha256());
    return text.toBytes();
  }
}
