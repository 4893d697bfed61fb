package io.github.rediscached.agent.codec;

import org.jspecify.annotations.Nullable;

/**
 * Collections and maps: what they are created with ({@link Extra}), then their elements. A subclass
 * says how to make one. With early identity it is created empty and filled; with late identity it
 * is built from its elements. Never calls what the application overrides: its own collections have
 * {@link DerivedCollectionSerializer}.
 */
abstract class ElementsSerializer extends ValueSerializer {

  /** What a collection does with its elements. */
  enum Order {
    /** Keeps them in their order, and neither hashes nor compares them. */
    LISTED,
    /** Hashes or compares them, and has an order that belongs to the value. */
    KEYED_IN_ORDER,
    /** Hashes them; their order says nothing. */
    KEYED
  }

  /** How many elements belong together: key and value of a map. */
  final int stride;

  final Order order;
  final Extra extra;

  ElementsSerializer(Identity identity, boolean isMap, Order order, Extra extra) {
    super(identity);
    this.stride = isMap ? 2 : 1;
    this.order = order;
    this.extra = extra;
  }

  @Override
  boolean hashesParts() {
    return true;
  }

  boolean isKeyed() {
    return order != Order.LISTED;
  }

  /** With early identity: an empty one. */
  Object create(Class<?> type, int length, @Nullable Object with) {
    throw new IllegalStateException();
  }

  /** With late identity: a complete one. */
  Object build(Class<?> type, @Nullable Object[] elements, @Nullable Object with) {
    throw new IllegalStateException();
  }

  @Nullable Object[] elementsOf(Object value) {
    return Elements.of(value);
  }

  @Nullable Object readExtra(GraphReader reader) {
    return extra.read(reader);
  }

  @Nullable Object copyExtra(GraphCopier copier, Object value) {
    return extra.copy(copier, value);
  }

  @Override
  void write(GraphWriter writer, Object value) {
    extra.write(writer, value);
    int mark = writer.progress.mark();
    writeElements(writer, value);
    if (isKeyed()) {
      writer.endKeyed(mark, value);
    }
  }

  void writeElements(GraphWriter writer, Object value) {
    writer.writeElements(value);
  }

  /** How many elements follow, of a map keys and values. */
  int readCount(GraphReader reader) {
    return stride * reader.readLength(stride);
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    Object with = readExtra(reader);
    int mark = reader.progress.mark();
    int count = readCount(reader);
    if (identity == Identity.LATE) {
      @Nullable Object[] elements = reader.readElements(count);
      if (isKeyed()) {
        reader.requireComplete(mark);
      }
      return build(type, elements, with);
    }
    Object value = create(type, count / stride, with);
    reader.place(value);
    if (isKeyed()) {
      reader.fill(new Elements(value, reader.readElements(count)), mark);
    } else {
      readListed(reader, value, count / stride);
    }
    return value;
  }

  /** Adds each element as it is read: nothing hashes it, so it need not be whole. */
  void readListed(GraphReader reader, Object value, int length) {
    if (stride == 1) {
      var collection = Elements.asCollection(value);
      for (int i = 0; i < length; i++) {
        collection.add(reader.read());
      }
    } else {
      var map = Elements.asMap(value);
      for (int i = 0; i < length; i++) {
        map.put(reader.readPresent(), reader.read());
      }
      Unreadable.requireSize(length, map.size());
    }
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return comparison.samePart(
            written,
            extra.step,
            extra.of(comparison.opener, written),
            extra.of(comparison.opener, read))
        && sameElements(comparison, written, elementsOf(written), elementsOf(read));
  }

  boolean sameElements(
      Comparison comparison, Object holder, @Nullable Object[] written, @Nullable Object[] read) {
    return order == Order.KEYED
        ? comparison.sameKeyed(holder, written, read, stride)
        : comparison.sameInOrder(holder, written, read);
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    Object with = copyExtra(copier, value);
    @Nullable Object[] elements = elementsOf(value);
    copier.copyEach(elements);
    Object copy = create(value.getClass(), elements.length / stride, with);
    new Elements(copy, elements).fill();
    return copy;
  }
}
