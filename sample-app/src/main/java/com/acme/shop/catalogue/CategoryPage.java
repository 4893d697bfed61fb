package com.acme.shop.catalogue;

import java.util.List;

/**
 * A part of a category, cheapest products first.
 *
 * @param page counts from 0
 * @param total number of products in the category
 */
record CategoryPage(String category, int page, long total, List<Product> products) {}
