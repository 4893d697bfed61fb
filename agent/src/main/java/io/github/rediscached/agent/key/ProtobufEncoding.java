package io.github.rediscached.agent.key;

import io.github.rediscached.agent.type.Text;
import java.lang.reflect.Method;

/**
 * Messages of Protocol Buffers: the class and the message's own bytes, with the entries of maps in
 * order where the library can do that. Holds nothing but what the message's own class refers to.
 */
final class ProtobufEncoding extends CanonicalSerializer {

  static final String MESSAGE = "com.google.protobuf.MessageLite";

  private final String className;
  private final Method size;
  private final Method newStream;
  private final Method inOrder;
  private final Method write;

  private ProtobufEncoding(
      String className, Method size, Method newStream, Method inOrder, Method write) {
    this.className = className;
    this.size = size;
    this.newStream = newStream;
    this.inOrder = inOrder;
    this.write = write;
  }

  /**
   * The encoding of the messages of a class.
   *
   * @param message the library's interface
   */
  static CanonicalSerializer of(Class<?> type, Class<?> message) {
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
  void write(CanonicalBytes out, Object value) {
    out.writeByte(Tag.MESSAGE);
    Text.write(out, className);
    try {
      byte[] content = new byte[(Integer) size.invoke(value)];
      Object stream = newStream.invoke(null, (Object) content);
      inOrder.invoke(stream);
      write.invoke(value, stream);
      Text.writeBytes(out, content);
    } catch (ReflectiveOperationException e) {
      throw out.unkeyable("could not be read (" + e.getClass().getName() + ")");
    }
  }
}
