package com.acme.shop.catalogue;

import java.util.List;

/**
 * What a search has found.
 *
 * @param total number of products that match
 * @param products the first of them
 */
record SearchResult(long total, List<Product> products) {}
