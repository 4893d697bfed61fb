package io.github.rediscached.agent.type;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.ImmutableSerializer;
import java.util.Locale;

/**
 * Locales by their language tag, ill-formed ones by their parts. Kryo's serializer loses script and
 * extensions.
 */
final class LocaleSerializer extends ImmutableSerializer<Locale> {

  @Override
  public void write(Kryo kryo, Output out, Locale value) {
    String tag = value.toLanguageTag();
    if (Locale.forLanguageTag(tag).equals(value)) {
      Text.write(out, tag);
      return;
    }
    if (!legacy(value.getLanguage(), value.getCountry(), value.getVariant()).equals(value)) {
      throw Refusal.of(
          Locale.class, "which has no language tag", "Return a well-formed locale or its text.");
    }
    Text.write(out, null);
    Text.write(out, value.getLanguage());
    Text.write(out, value.getCountry());
    Text.write(out, value.getVariant());
  }

  @Override
  public Locale read(Kryo kryo, Input in, Class<? extends Locale> type) {
    String tag = Text.read(in);
    return tag != null
        ? Locale.forLanguageTag(tag)
        : legacy(Text.readPresent(in), Text.readPresent(in), Text.readPresent(in));
  }

  @SuppressWarnings("deprecation") // From JDK 19 on; Locale.of came with it.
  private static Locale legacy(String language, String country, String variant) {
    return new Locale(language, country, variant);
  }
}
