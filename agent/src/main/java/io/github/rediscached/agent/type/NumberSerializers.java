package io.github.rediscached.agent.type;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.ImmutableSerializer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers of any length. Kryo's serializers trust the length that the bytes announce. */
final class NumberSerializers {

  private NumberSerializers() {}

  static final class OfBigInteger extends ImmutableSerializer<BigInteger> {
    @Override
    public void write(Kryo kryo, Output out, BigInteger value) {
      Text.writeBytes(out, value.toByteArray());
    }

    @Override
    public BigInteger read(Kryo kryo, Input in, Class<? extends BigInteger> type) {
      return new BigInteger(Text.readBytes(in));
    }
  }

  static final class OfBigDecimal extends ImmutableSerializer<BigDecimal> {
    @Override
    public void write(Kryo kryo, Output out, BigDecimal value) {
      Text.writeBytes(out, value.unscaledValue().toByteArray());
      out.writeVarInt(value.scale(), false);
    }

    @Override
    public BigDecimal read(Kryo kryo, Input in, Class<? extends BigDecimal> type) {
      int length = Text.readLength(in);
      if (length == 0 || length > Long.BYTES) {
        BigInteger unscaled = new BigInteger(in.readBytes(length));
        return new BigDecimal(unscaled, in.readVarInt(false));
      }
      // Nearly all are so short that they need no BigInteger.
      long unscaled = in.readByte();
      for (int i = 1; i < length; i++) {
        unscaled = unscaled << Byte.SIZE | (in.readByte() & 0xFF);
      }
      return BigDecimal.valueOf(unscaled, in.readVarInt(false));
    }
  }

  static final class OfMathContext extends ImmutableSerializer<MathContext> {
    @Override
    public void write(Kryo kryo, Output out, MathContext value) {
      out.writeVarInt(value.getPrecision(), true);
      Text.write(out, value.getRoundingMode().name());
    }

    @Override
    public MathContext read(Kryo kryo, Input in, Class<? extends MathContext> type) {
      return new MathContext(in.readVarInt(true), RoundingMode.valueOf(Text.readPresent(in)));
    }
  }
}
