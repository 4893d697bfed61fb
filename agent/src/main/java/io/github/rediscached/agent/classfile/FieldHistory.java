package io.github.rediscached.agent.classfile;

import io.github.rediscached.agent.classfile.FieldFacts.Role;
import java.util.ArrayList;
import java.util.List;

/** All that the code does to one field, and what follows from it. Not thread-safe. */
final class FieldHistory {

  private final FieldDeclaration field;
  private final int number;
  private final List<FieldStore> byConstructors = new ArrayList<>();
  private final List<FieldStore> byOthers = new ArrayList<>();
  private boolean filledFromOutside;
  private boolean lazyReference;

  FieldHistory(FieldDeclaration field, int number) {
    this.field = field;
    this.number = number;
  }

  FieldDeclaration field() {
    return field;
  }

  void add(FieldStore store) {
    if (store.method().isConstructor()) {
      byConstructors.add(store);
    } else if (!store.method().isRestoring()) {
      byOthers.add(store);
    }
  }

  void setFilledFromOutside() {
    filledFromOutside = true;
  }

  void setLazyReference() {
    lazyReference = true;
  }

  /**
   * The role of the field.
   *
   * @param guards the fields that say whether others have been computed yet, a bit for each
   */
  Role role(long guards) {
    if (isMemo(guards)) {
      return Role.MEMO;
    } else if (byConstructors.isEmpty() && byOthers.isEmpty()) {
      return field.isFinal() ? Role.CONSTRUCTED : Role.GIVEN;
    } else if (isFresh()) {
      return filledFromOutside ? Role.GIVEN : Role.FRESH;
    }
    for (FieldStore store : byConstructors) {
      if (!store.isReset() && !isFresh(store)) {
        return Role.CONSTRUCTED;
      }
    }
    return field.isFinal() ? Role.CONSTRUCTED : Role.GIVEN;
  }

  private boolean isFresh() {
    boolean fresh = false;
    for (FieldStore store : byConstructors) {
      if (!isFresh(store)) {
        return false;
      }
      fresh = true;
    }
    for (FieldStore store : byOthers) {
      if (!store.isReset() && !isFresh(store)) {
        return false;
      }
    }
    return fresh;
  }

  private boolean isFresh(FieldStore store) {
    return store.value().isIndependent()
        && store.value().isOnly(FlowValue.FRESH | FlowValue.COMPUTED)
        && !field.isOfValueType()
        && !field.isDate();
  }

  boolean isMemo(long guards) {
    if (field.isLazyByLanguage() || isLazyOfScala()) {
      return true;
    } else if (field.isFinal()) {
      return field.isAtomicReference() && lazyReference && isFresh() && isMadeEmpty();
    }
    return !field.isAnnotated()
        && ((field.isPrivate() && field.isOfValueType() && isComputedOnDemand(guards))
            || (field.isTransient() && !field.isPublic() && isDerivedTransient(guards)));
  }

  private boolean isMadeEmpty() {
    for (FieldStore store : byConstructors) {
      if (!store.value().isOnly(FlowValue.FRESH)) {
        return false;
      }
    }
    return true;
  }

  private boolean isLazyOfScala() {
    for (FieldStore store : byOthers) {
      if (store.method().isLazyValueOf(field.name())) {
        return true;
      }
    }
    return false;
  }

  private boolean isComputedOnDemand(long guards) {
    boolean computed = false;
    for (FieldStore store : byConstructors) {
      if (!store.isCopy() && !store.value().isLiteral()) {
        return false;
      }
    }
    for (FieldStore store : byOthers) {
      if (store.isCopy() || store.isReset()) {
        continue;
      } else if (!store.method().isGetter() || !isMemoStore(store, guards)) {
        return false;
      }
      computed |= store.isComputedFromSelf();
    }
    return computed;
  }

  private boolean isMemoStore(FieldStore store, long guards) {
    return store.onSelf()
        && !store.method().hasParameters()
        && store.isWhereEmpty(FlowValue.bit(number) | guards)
        && !store.isOwnSuccessor()
        && !store.value().mayBe(FlowValue.PARAMETER);
  }

  /** Who wrote transient has said that it is not what the object is made of. */
  private boolean isDerivedTransient(long guards) {
    boolean stored = false;
    for (FieldStore store : byConstructors) {
      if (!store.isCopy() && !store.isReset()) {
        return false;
      }
    }
    for (FieldStore store : byOthers) {
      if (store.isCopy() || store.isReset()) {
        continue;
      }
      boolean byGetter = store.method().isGetter() && !isConstantOfCommand(store);
      if (!store.onSelf()
          || store.isOwnSuccessor()
          || store.value().mayBe(FlowValue.PARAMETER)
          || (!byGetter && !isMemoStore(store, guards))) {
        return false;
      }
      stored = true;
    }
    return stored;
  }

  private static boolean isConstantOfCommand(FieldStore store) {
    return store.value().isLiteral() && store.method().hasParameters();
  }

  /** Whether it may tell that other fields have been computed: it only ever becomes a constant. */
  boolean mayBeGuard() {
    if (field.isFinal() || field.isAnnotated() || !field.isPrivate() || !field.isPrimitive()) {
      return false;
    }
    boolean set = false;
    for (FieldStore store : byConstructors) {
      if (!store.isCopy() && !store.value().isLiteral()) {
        return false;
      }
    }
    for (FieldStore store : byOthers) {
      if (store.isCopy() || store.isReset()) {
        continue;
      } else if (!store.value().isLiteral()
          || !store.method().isGetter()
          || !isMemoStore(store, 0)) {
        return false;
      }
      set = true;
    }
    return set;
  }

  /** Whether values are stored where a guard says that they have not been computed yet. */
  boolean isComputedUnder(long guard) {
    for (FieldStore store : byOthers) {
      if (!store.isReset() && store.isWhereEmpty(guard) && store.isComputedFromSelf()) {
        return true;
      }
    }
    return false;
  }
}
