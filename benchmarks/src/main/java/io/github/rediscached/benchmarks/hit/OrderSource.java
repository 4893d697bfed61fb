package io.github.rediscached.benchmarks.hit;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** In the place of a database: what is asked on a miss. Counts how often. */
public final class OrderSource {

  private final Size size;
  private final AtomicLong loads = new AtomicLong();

  public OrderSource(Size size) {
    this.size = size;
  }

  /** The same order for the same number. */
  public Order load(long id) {
    loads.incrementAndGet();
    Order order = new Order();
    order.setId(id);
    order.setStatus(Order.Status.PAID);
    order.setCreated(Instant.ofEpochSecond(1_700_000_000L + id, 123_000_000));
    order.setCustomer(
        new Customer(
            7_000_000 + id,
            "Grace Brewster Hopper",
            "grace.hopper" + id + "@example.org",
            new Address("Arlington Road " + id, "Philadelphia", "PA 19104", "US")));
    order.getNotes().add("Leave it with the neighbours if nobody opens.");
    order.getNotes().add("Gift wrapping");
    BigDecimal total = BigDecimal.ZERO;
    for (int i = 0; i < size.lines(); i++) {
      OrderLine line = new OrderLine();
      line.setProductId(1_000_000 + 37L * i + id);
      line.setTitle("Article no. " + i + " of many, blue");
      line.setQuantity(1 + i % 3);
      line.setPrice(BigDecimal.valueOf(999 + 10L * i, 2));
      order.getLines().add(line);
      total = total.add(line.getPrice().multiply(BigDecimal.valueOf(line.getQuantity())));
    }
    order.setTotal(total);
    return order;
  }

  long loads() {
    return loads.get();
  }
}
