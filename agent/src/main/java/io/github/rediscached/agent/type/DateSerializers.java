package io.github.rediscached.agent.type;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.ImmutableSerializer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.ChronoLocalDate;
import java.time.chrono.Chronology;
import java.util.Set;

/** Dates that Kryo's serializers would change, or for which it has none. */
final class DateSerializers {

  private DateSerializers() {}

  /** With the offset: Kryo's always takes the first of an hour that comes twice. */
  static final class OfZonedDateTime extends ImmutableSerializer<ZonedDateTime> {
    @Override
    public void write(Kryo kryo, Output out, ZonedDateTime value) {
      LocalDateTime time = value.toLocalDateTime();
      out.writeVarInt(time.getYear(), false);
      out.writeByte(time.getMonthValue());
      out.writeByte(time.getDayOfMonth());
      out.writeVarLong(time.toLocalTime().toNanoOfDay(), true);
      out.writeVarInt(value.getOffset().getTotalSeconds(), false);
      Text.write(out, value.getZone().getId());
    }

    /** The offset as it was written, even if the zone's rules differ here: the same instant. */
    @Override
    public ZonedDateTime read(Kryo kryo, Input in, Class<? extends ZonedDateTime> type) {
      LocalDate date = LocalDate.of(in.readVarInt(false), in.readByte(), in.readByte());
      LocalTime time = LocalTime.ofNanoOfDay(in.readVarLong(true));
      ZoneOffset offset = ZoneOffset.ofTotalSeconds(in.readVarInt(false));
      ZoneId zone = ZoneId.of(Text.readPresent(in));
      return ZonedDateTime.ofInstant(LocalDateTime.of(date, time), offset, zone);
    }
  }

  /** Dates of other calendars. */
  static final class OfChronoDate extends ImmutableSerializer<ChronoLocalDate> {
    private static final Set<String> OTHERS = Set.of("Japanese", "Minguo", "ThaiBuddhist");

    @Override
    public void write(Kryo kryo, Output out, ChronoLocalDate value) {
      Text.write(out, value.getChronology().getId());
      out.writeVarLong(value.toEpochDay(), false);
    }

    @Override
    public ChronoLocalDate read(Kryo kryo, Input in, Class<? extends ChronoLocalDate> type) {
      return chronologyOf(Text.readPresent(in)).dateEpochDay(in.readVarLong(false));
    }

    /** By known names only: the JDK searches all jars for a provider of an unknown one. */
    private static Chronology chronologyOf(String name) {
      if (OTHERS.contains(name) || name.startsWith("Hijrah-")) {
        return Chronology.of(name);
      }
      throw new KryoException("There is no such calendar.");
    }
  }
}
