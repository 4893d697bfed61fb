package io.github.rediscached.agent.key;

/** The first byte of each canonical value. Part of the format: never change one. */
final class Tag {

  static final byte NULL = 0;
  static final byte BOOLEAN = 1;
  static final byte BYTE = 2;
  static final byte SHORT = 3;
  static final byte CHARACTER = 4;
  static final byte INT = 5;
  static final byte LONG = 6;
  static final byte FLOAT = 7;
  static final byte DOUBLE = 8;
  static final byte STRING = 9;
  static final byte ENUM = 10;
  static final byte ARRAY = 11;
  static final byte LIST = 12;
  static final byte SET = 13;
  static final byte MAP = 14;
  static final byte OTHER_COLLECTION = 15;

  /** A value of the JDK: the class that stands for its type, then the bytes of its serializer. */
  static final byte JDK = 16;

  /** An object of the application: its class and fields, then their values. */
  static final byte OBJECT = 17;

  /** A subclass of a collection of the JDK that adds fields: as an object, then the collection. */
  static final byte EXTENDED_COLLECTION = 18;

  /** A message of Protocol Buffers: its class and its bytes. */
  static final byte MESSAGE = 19;

  /** A value of a library: its type, then the results of some of its methods. */
  static final byte LIBRARY_VALUE = 20;

  /** An object that a static field holds: the field's class and name. */
  static final byte CONSTANT = 21;

  /** Follows a set or map whose order counts: its comparator, then its elements in order. */
  static final byte ORDER = 22;

  /** A collection without an order that may have an element twice. */
  static final byte BAG = 23;

  private Tag() {}
}
