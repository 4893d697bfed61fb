package com.acme.shop.catalogue;

import java.math.BigDecimal;

/**
 * The prices in a category.
 *
 * @param products how many there are, at least one
 * @param average rounded to two decimals
 */
record CategoryPrices(
    String category, long products, BigDecimal lowest, BigDecimal average, BigDecimal highest) {}
