package io.github.rediscached.benchmarks.hit;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Objects;

/** An article of an order. */
public class OrderLine implements Serializable {

  private long productId;
  private String title = "";
  private int quantity;
  private BigDecimal price = BigDecimal.ZERO;

  public long getProductId() {
    return productId;
  }

  public void setProductId(long productId) {
    this.productId = productId;
  }

  public String getTitle() {
    return title;
  }

  public void setTitle(String title) {
    this.title = title;
  }

  public int getQuantity() {
    return quantity;
  }

  public void setQuantity(int quantity) {
    this.quantity = quantity;
  }

  public BigDecimal getPrice() {
    return price;
  }

  public void setPrice(BigDecimal price) {
    this.price = price;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OrderLine that
        && productId == that.productId
        && title.equals(that.title)
        && quantity == that.quantity
        && price.equals(that.price);
  }

  @Override
  public int hashCode() {
    return Objects.hash(productId, title, quantity, price);
  }
}
