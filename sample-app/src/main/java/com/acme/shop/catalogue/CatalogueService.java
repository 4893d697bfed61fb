package com.acme.shop.catalogue;

import io.github.rediscached.RedisCached;
import io.github.rediscached.RedisEvict;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What can be asked of the catalogue, and changed in it. */
@Service
class CatalogueService {

  private static final int MAX_WORDS = 5;

  private final ProductRepository products;

  CatalogueService(ProductRepository products) {
    this.products = products;
  }

  /** A product and what the sales say of it. */
  @RedisCached(cache = "products", ttl = "10m", tags = "product:#{#id}")
  @Transactional(readOnly = true)
  public Optional<ProductPage> product(long id) {
    return products.find(id).map(products::page);
  }

  /** What a product has sold. Its responses are cached, see {@code rediscached.yaml}. */
  @Transactional(readOnly = true)
  public Optional<ProductSales> sales(long id) {
    return products.find(id).map(product -> new ProductSales(product, products.months(id)));
  }

  /** The prices in a category. Its responses are cached, see {@code rediscached.yaml}. */
  Optional<CategoryPrices> pricesOfCategory(String category) {
    return products.pricesOfCategory(category);
  }

  Optional<CategoryPage> pageOfCategory(String category, int page) {
    return products.pageOfCategory(category, page);
  }

  /**
   * The products that have all words of a text; case and more than {@value #MAX_WORDS} words do not
   * matter. Very short texts are rarely asked twice and match half the catalogue. A change of any
   * product that was found is seen at once.
   *
   * @param text not blank
   */
  @RedisCached(
      cache = "searches",
      ttl = "10m",
      key = "#text.strip().toLowerCase()",
      condition = "#text.length() >= 3",
      tags = "#{#result.products.!['product:' + id]}")
  SearchResult search(String text) {
    String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s+");
    return products.search(Arrays.stream(words).limit(MAX_WORDS).toList());
  }

  /**
   * The product with its new price; empty: no such product. Evicts all answers with this product,
   * and the pages of its category, on which it may have moved.
   */
  @RedisEvict(tags = {"product:#{#id}", "category:#{#result?.category}"})
  @Transactional
  public Optional<Product> changePrice(long id, BigDecimal price) {
    return products.updatePrice(id, price) ? products.find(id) : Optional.empty();
  }
}
