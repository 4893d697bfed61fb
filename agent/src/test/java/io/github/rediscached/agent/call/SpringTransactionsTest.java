package io.github.rediscached.agent.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class SpringTransactionsTest {

  private final SpringTransactions transactions =
      SpringTransactions.of(SpringTransactionsTest.class.getClassLoader());
  private final List<String> events = new ArrayList<>();

  @Test
  void anEvictionIsRepeatedOnceTheTransactionHasCommittedAndBeforeItsCallerGoesOn() {
    new TransactionTemplate(new Manager())
        .executeWithoutResult(
            status -> {
              assertTrue(transactions.atEnd(committed -> events.add("told " + committed)));
              events.add("method returned");
            });
    events.add("caller goes on");

    assertEquals(List.of("method returned", "commit", "told true", "caller goes on"), events);
  }

  @Test
  void aRollbackIsTold() {
    TransactionTemplate template = new TransactionTemplate(new Manager());

    assertThrows(
        IllegalStateException.class,
        () ->
            template.executeWithoutResult(
                status -> {
                  transactions.atEnd(committed -> events.add("told " + committed));
                  throw new IllegalStateException();
                }));

    assertEquals(List.of("rollback", "told false"), events);
  }

  @Test
  void theApplicationsOwnListenersComeLater() {
    new TransactionTemplate(new Manager())
        .executeWithoutResult(
            status -> {
              TransactionSynchronizationManager.registerSynchronization(
                  new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                      events.add("application reads");
                    }
                  });
              transactions.atEnd(committed -> events.add("told " + committed));
            });

    assertEquals(List.of("commit", "told true", "application reads"), events);
  }

  @Test
  void withoutATransactionThereIsNothingToWaitFor() {
    assertFalse(transactions.atEnd(committed -> events.add("told")));
  }

  @Test
  void withoutSpringThereAreNoTransactions() {
    SpringTransactions none = SpringTransactions.of(ClassLoader.getPlatformClassLoader());

    assertFalse(none.atEnd(committed -> events.add("told")));
  }

  /** Transactions of nothing. */
  private final class Manager extends AbstractPlatformTransactionManager {

    private static final long serialVersionUID = 1;

    @Override
    protected Object doGetTransaction() {
      return new Object();
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {}

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
      events.add("commit");
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
      events.add("rollback");
    }
  }
}
