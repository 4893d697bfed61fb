package com.acme.shop.reports;

import io.github.rediscached.RedisCached;
import java.util.List;
import org.springframework.stereotype.Service;

/** Makes reports. */
@Service
class ReportService {

  private final SalesRepository sales;

  ReportService(SalesRepository sales) {
    this.sales = sales;
  }

  /** The sales of each category, best first. */
  @RedisCached(cache = "reports", ttl = "5m")
  List<CategorySales> salesByCategory() {
    return sales.byCategory();
  }
}
