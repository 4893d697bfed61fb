package com.acme.shop.catalogue;

import java.math.BigDecimal;

/** The wish to sell for another price. */
record PriceChange(BigDecimal price) {

  private static final BigDecimal LIMIT = new BigDecimal(100_000_000);

  PriceChange {
    if (price == null || price.signum() <= 0 || price.compareTo(LIMIT) >= 0 || price.scale() > 2) {
      throw new IllegalArgumentException(
          "A price is more than 0, less than 100000000 and has at most two decimals");
    }
  }
}
