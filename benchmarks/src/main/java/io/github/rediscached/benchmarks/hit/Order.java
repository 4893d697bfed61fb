package io.github.rediscached.benchmarks.hit;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The value that is cached: a bean with records, beans and lists in it, as services return them.
 */
public class Order implements Serializable {

  /** How far it is. */
  public enum Status {
    OPEN,
    PAID,
    SENT
  }

  private long id;
  private Status status = Status.OPEN;
  private Instant created = Instant.EPOCH;
  private @Nullable Customer customer;
  private BigDecimal total = BigDecimal.ZERO;
  private List<OrderLine> lines = new ArrayList<>();
  private List<String> notes = new ArrayList<>();

  public long getId() {
    return id;
  }

  public void setId(long id) {
    this.id = id;
  }

  public Status getStatus() {
    return status;
  }

  public void setStatus(Status status) {
    this.status = status;
  }

  public Instant getCreated() {
    return created;
  }

  public void setCreated(Instant created) {
    this.created = created;
  }

  public @Nullable Customer getCustomer() {
    return customer;
  }

  public void setCustomer(@Nullable Customer customer) {
    this.customer = customer;
  }

  public BigDecimal getTotal() {
    return total;
  }

  public void setTotal(BigDecimal total) {
    this.total = total;
  }

  public List<OrderLine> getLines() {
    return lines;
  }

  public void setLines(List<OrderLine> lines) {
    this.lines = lines;
  }

  public List<String> getNotes() {
    return notes;
  }

  public void setNotes(List<String> notes) {
    this.notes = notes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Order that
        && id == that.id
        && status == that.status
        && created.equals(that.created)
        && Objects.equals(customer, that.customer)
        && total.equals(that.total)
        && lines.equals(that.lines)
        && notes.equals(that.notes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, status, created, customer, total, lines, notes);
  }
}
