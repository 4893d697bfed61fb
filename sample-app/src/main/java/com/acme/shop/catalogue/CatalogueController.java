package com.acme.shop.catalogue;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The catalogue over HTTP. */
@RestController
class CatalogueController {

  private final CatalogueService catalogue;

  CatalogueController(CatalogueService catalogue) {
    this.catalogue = catalogue;
  }

  @GetMapping("/products/{id}")
  ResponseEntity<ProductPage> product(@PathVariable long id) {
    return ResponseEntity.of(catalogue.product(id));
  }

  @GetMapping("/products/{id}/sales")
  ResponseEntity<ProductSales> sales(@PathVariable long id) {
    return ResponseEntity.of(catalogue.sales(id));
  }

  @PutMapping("/products/{id}/price")
  ResponseEntity<Product> changePrice(@PathVariable long id, @RequestBody PriceChange change) {
    return ResponseEntity.of(catalogue.changePrice(id, change.price()));
  }

  @GetMapping("/categories/{name}")
  ResponseEntity<CategoryPage> category(
      @PathVariable String name, @RequestParam(defaultValue = "0") int page) {
    if (page < 0) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "page counts from 0");
    }
    return ResponseEntity.of(catalogue.pageOfCategory(name, page));
  }

  @GetMapping("/categories/{name}/prices")
  ResponseEntity<CategoryPrices> prices(@PathVariable String name) {
    return ResponseEntity.of(catalogue.pricesOfCategory(name));
  }

  @GetMapping("/search")
  SearchResult search(@RequestParam String q) {
    if (q.isBlank()) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "q is empty");
    }
    return catalogue.search(q);
  }
}
