package io.github.rediscached.agent.codec;

/** Elements of stack traces. */
final class FrameSerializer extends ValueSerializer {

  FrameSerializer() {
    super(Identity.NONE);
    setImmutable(true);
  }

  @Override
  void write(GraphWriter writer, Object value) {
    StackTraceElement frame = (StackTraceElement) value;
    writer.writeText(frame.getClassLoaderName());
    writer.writeText(frame.getModuleName());
    writer.writeText(frame.getModuleVersion());
    writer.writeText(frame.getClassName());
    writer.writeText(frame.getMethodName());
    writer.writeText(frame.getFileName());
    writer.out.writeVarInt(frame.getLineNumber(), false);
  }

  @Override
  StackTraceElement read(GraphReader reader, Class<?> type) {
    return new StackTraceElement(
        reader.readText(),
        reader.readText(),
        reader.readText(),
        reader.readPresentText(),
        reader.readPresentText(),
        reader.readText(),
        reader.in.readVarInt(false));
  }
}
