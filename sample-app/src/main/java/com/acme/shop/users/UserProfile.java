package com.acme.shop.users;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * A user with what they have bought.
 *
 * @param spentByCategory most first
 * @param lastPurchases newest first
 */
record UserProfile(
    User user,
    BigDecimal spent,
    Map<String, BigDecimal> spentByCategory,
    List<Purchase> lastPurchases) {

  /** One sale. */
  record Purchase(long productId, String product, int quantity, LocalDate on) {}
}
