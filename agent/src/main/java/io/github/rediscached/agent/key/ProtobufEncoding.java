package io.github.rediscached.agent.key;

import io.github.rediscached.agent.type.Text;
import java.lang.reflect.Method;

/**
 * Messages of Protocol Buffers: the class and the message's own bytes, with the entries of maps in
 * order where the library can do that. Holds no method but those of the message's own library.
 */
record ProtobufEncoding(
    String className, Method size, Method newStream, Method inOrder, Method writeTo)
    implements Encoding {

  static final String MESSAGE = "com.google.protobuf.MessageLite";

  /**
   * The encoding of the messages of a class.
   *
   * @param message the library's interface
   */
  static Encoding of(Class<?> type, Class<?> message) {
    try {
      Class<?> stream =
          Class.forName("com.google.protobuf.CodedOutputStream", false, message.getClassLoader());
      return new ProtobufEncoding(
          type.getName(),
          message.getMethod("getSerializedSize"),
          stream.getMethod("newInstance", byte[].class),
          stream.getMethod("useDeterministicSerialization"),
          message.getMethod("writeTo", stream));
    } catch (ReflectiveOperationException | LinkageError e) {
      return Refused.instanceOf(type, "is a message of an unknown version of protobuf");
    }
  }

  @Override
  public void write(CanonicalBytes out, Object value) throws UnkeyableException {
    out.writeByte(Tag.MESSAGE);
    Text.write(out, className);
    try {
      byte[] content = new byte[(Integer) size.invoke(value)];
      Object stream = newStream.invoke(null, (Object) content);
      inOrder.invoke(stream);
      writeTo.invoke(value, stream);
      Text.writeBytes(out, content);
    } catch (ReflectiveOperationException e) {
      throw out.unreadable(e);
    }
  }
}
