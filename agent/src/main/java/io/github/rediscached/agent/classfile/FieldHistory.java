package io.github.rediscached.agent.classfile;

import io.github.rediscached.agent.classfile.FieldFacts.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * All stores of the code into one field, and the {@link Role} that follows from them. {@link
 * FieldStudy} collects the stores and asks for the role. Not thread-safe.
 */
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
   * @param guards the fields that tell whether others have been computed yet, a bit for each
   */
  Role role(long guards) {
    if (isMemo(guards)) {
      return Role.MEMO;
    } else if (byConstructors.isEmpty() && byOthers.isEmpty()) {
      return field.isFinal() ? Role.CONSTRUCTED : Role.GIVEN;
    } else if (isFresh()) {
      return filledFromOutside ? Role.GIVEN : Role.FRESH;
    }
    return field.isFinal() || !all(byConstructors, store -> store.isReset() || isFresh(store))
        ? Role.CONSTRUCTED
        : Role.GIVEN;
  }

  private static boolean all(List<FieldStore> stores, Predicate<FieldStore> condition) {
    for (FieldStore store : stores) {
      if (!condition.test(store)) {
        return false;
      }
    }
    return true;
  }

  /** Whether there are stores that bring a new value, and all of them satisfy a condition. */
  private static boolean allNew(List<FieldStore> stores, Predicate<FieldStore> condition) {
    return !all(stores, FieldHistory::isOld)
        && all(stores, store -> isOld(store) || condition.test(store));
  }

  private static boolean isOld(FieldStore store) {
    return store.isCopy() || store.isReset();
  }

  private boolean isFresh() {
    return !byConstructors.isEmpty()
        && all(byConstructors, this::isFresh)
        && all(byOthers, store -> store.isReset() || isFresh(store));
  }

  private boolean isFresh(FieldStore store) {
    return store.value().isIndependent()
        && store.value().isOnly(FlowValue.FRESH | FlowValue.COMPUTED)
        && !field.isOfValueType()
        && !field.isDate();
  }

  boolean isMemo(long guards) {
    if (field.isLazyByLanguage() || !all(byOthers, store -> !isLazyOfScala(store))) {
      return true;
    } else if (field.isFinal()) {
      return field.isAtomicReference()
          && lazyReference
          && isFresh()
          && all(byConstructors, store -> store.value().isOnly(FlowValue.FRESH));
    }
    return !field.isAnnotated()
        && ((field.isPrivate() && field.isOfValueType() && isComputedOnDemand(guards))
            || (field.isTransient() && !field.isPublic() && isDerivedTransient(guards)));
  }

  private boolean isLazyOfScala(FieldStore store) {
    return store.method().isLazyValueOf(field.name());
  }

  private boolean isComputedOnDemand(long guards) {
    return constructorsStoreConstants()
        && all(
            byOthers,
            store -> isOld(store) || (store.method().isGetter() && isMemoStore(store, guards)))
        && !all(byOthers, store -> isOld(store) || !store.isComputedFromSelf());
  }

  private boolean constructorsStoreConstants() {
    return all(byConstructors, store -> store.isCopy() || store.value().isLiteral());
  }

  private boolean isMemoStore(FieldStore store, long guards) {
    return store.onSelf()
        && !store.method().hasParameters()
        && store.isWhereEmpty(FlowValue.bit(number) | guards)
        && !store.isOwnSuccessor()
        && !store.value().mayBe(FlowValue.PARAMETER);
  }

  /** A transient field is a memo under weaker conditions: its author says that it is no content. */
  private boolean isDerivedTransient(long guards) {
    return all(byConstructors, FieldHistory::isOld)
        && allNew(byOthers, store -> isDerived(store, guards));
  }

  private boolean isDerived(FieldStore store, long guards) {
    boolean byCommand = store.value().isLiteral() && store.method().hasParameters();
    return store.onSelf()
        && !store.isOwnSuccessor()
        && !store.value().mayBe(FlowValue.PARAMETER)
        && ((store.method().isGetter() && !byCommand) || isMemoStore(store, guards));
  }

  /** Whether it only ever becomes a constant, so that it may tell that others were computed. */
  boolean mayBeGuard() {
    return !field.isFinal()
        && !field.isAnnotated()
        && field.isPrivate()
        && field.isPrimitive()
        && constructorsStoreConstants()
        && allNew(
            byOthers,
            store ->
                store.value().isLiteral() && store.method().isGetter() && isMemoStore(store, 0));
  }

  /** Whether values are stored where a guard tells that they have not been computed yet. */
  boolean isComputedUnder(long guard) {
    return !all(
        byOthers,
        store -> store.isReset() || !store.isWhereEmpty(guard) || !store.isComputedFromSelf());
  }
}
