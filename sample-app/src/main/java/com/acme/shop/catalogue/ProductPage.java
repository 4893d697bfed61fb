package com.acme.shop.catalogue;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page of one product shows.
 *
 * @param unitsSold of all time
 * @param lastSoldOn null: never sold
 * @param alsoBought what buyers of this product bought most, best first
 */
record ProductPage(
    Product product, long unitsSold, @Nullable LocalDate lastSoldOn, List<AlsoBought> alsoBought) {

  /**
   * Another product.
   *
   * @param buyers how many users bought both
   */
  record AlsoBought(long id, String name, long buyers) {}
}
