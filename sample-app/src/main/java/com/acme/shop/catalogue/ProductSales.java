package com.acme.shop.catalogue;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a product has sold so far.
 *
 * @param months those with sales, newest first
 */
record ProductSales(Product product, List<Month> months) {

  /**
   * The sales of one month.
   *
   * @param month counts from 1
   */
  record Month(int year, int month, long units, BigDecimal revenue) {}
}
