package com.acme.shop.reports;

import java.math.BigDecimal;

/**
 * What one category has sold.
 *
 * @param customers number of different users who bought
 */
record CategorySales(String category, long sales, long customers, long units, BigDecimal revenue) {}
