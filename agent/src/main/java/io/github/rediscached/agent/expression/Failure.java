package io.github.rediscached.agent.expression;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.springframework.expression.spel.SpelEvaluationException;
import org.springframework.expression.spel.SpelMessage;
import org.springframework.expression.spel.SpelParseException;

/** Describes the failure of an expression, without the values that it worked on. */
final class Failure {

  /** The messages of SpEL that hold names and types only. */
  private static final Set<SpelMessage> WITHOUT_VALUES =
      EnumSet.of(
          SpelMessage.CANNOT_INDEX_INTO_NULL_VALUE,
          SpelMessage.CONSTRUCTOR_NOT_FOUND,
          SpelMessage.INDEXING_NOT_SUPPORTED_FOR_TYPE,
          SpelMessage.INVALID_TYPE_FOR_SELECTION,
          SpelMessage.MAX_OPERATIONS_EXCEEDED,
          SpelMessage.METHOD_CALL_ON_NULL_OBJECT_NOT_ALLOWED,
          SpelMessage.METHOD_NOT_FOUND,
          SpelMessage.MULTIPLE_POSSIBLE_METHODS,
          SpelMessage.NOT_COMPARABLE,
          SpelMessage.OPERATOR_NOT_SUPPORTED_BETWEEN_TYPES,
          SpelMessage.PROJECTION_NOT_SUPPORTED_ON_TYPE,
          SpelMessage.PROPERTY_OR_FIELD_NOT_READABLE,
          SpelMessage.PROPERTY_OR_FIELD_NOT_READABLE_ON_NULL,
          SpelMessage.RESULT_OF_SELECTION_CRITERIA_IS_NOT_BOOLEAN,
          SpelMessage.TYPE_CONVERSION_ERROR,
          SpelMessage.TYPE_NOT_FOUND);

  private Failure() {}

  /** One sentence. */
  static String describe(Throwable failure) {
    if (failure instanceof SpelParseException parse) {
      return sentence(parse.getMessageCode().formatMessage(parse.getInserts()));
    } else if (failure instanceof SpelEvaluationException evaluation) {
      SpelMessage message = evaluation.getMessageCode();
      Object[] inserts = evaluation.getInserts();
      if (WITHOUT_VALUES.contains(message)) {
        return sentence(message.formatMessage(inserts == null ? new Object[0] : inserts));
      } else if (evaluation.getCause() == null) {
        return message.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ".";
      }
    }
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause.getClass().getName() + ".";
  }

  private static String sentence(String text) {
    return text.endsWith("?") ? text : text + ".";
  }
}
