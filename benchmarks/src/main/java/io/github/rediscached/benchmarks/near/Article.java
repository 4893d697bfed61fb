package io.github.rediscached.benchmarks.near;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;

/** A bean of twelve fields, such as a row of a table: each caller gets one of its own. */
public final class Article {

  private long id;
  private String title = "";
  private String description = "";
  private String manufacturer = "";
  private BigDecimal price = BigDecimal.ZERO;
  private int stock;
  private double weight;
  private boolean visible;
  private Product.Availability availability = Product.Availability.IN_STOCK;
  private LocalDate since = LocalDate.EPOCH;
  private Instant changed = Instant.EPOCH;
  private long version;

  /** For those who make it of bytes. */
  public Article() {}

  Article(long id) {
    this.id = id;
    this.title = "Article no. " + id + " of many, blue";
    this.description = "What there is to say of no. " + id;
    this.manufacturer = "Acme";
    this.price = BigDecimal.valueOf(id * 100 + 99, 2);
    this.stock = (int) (id % 100);
    this.weight = id / 4.0;
    this.visible = id % 3 == 0;
    this.availability = id % 2 == 0 ? Product.Availability.IN_STOCK : Product.Availability.ORDERED;
    this.since = LocalDate.EPOCH.plusDays(id);
    this.changed = Instant.ofEpochSecond(1_700_000_000L + id, 123_000_000);
    this.version = id % 7;
  }

  public long getId() {
    return id;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Article that
        && id == that.id
        && stock == that.stock
        && weight == that.weight
        && visible == that.visible
        && version == that.version
        && title.equals(that.title)
        && description.equals(that.description)
        && manufacturer.equals(that.manufacturer)
        && price.equals(that.price)
        && availability == that.availability
        && since.equals(that.since)
        && changed.equals(that.changed);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, version);
  }
}
