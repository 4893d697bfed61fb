/**
 * Class files, read after their classes are loaded. {@link
 * io.github.rediscached.agent.classfile.FieldFacts} says where each field of a class gets its
 * values from; the other classes of this package follow the values through the code for it.
 */
@NullMarked
package io.github.rediscached.agent.classfile;

import org.jspecify.annotations.NullMarked;
