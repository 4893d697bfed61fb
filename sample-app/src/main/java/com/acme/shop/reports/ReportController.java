package com.acme.shop.reports;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reports over HTTP. */
@RestController
class ReportController {

  private final ReportService reports;

  ReportController(ReportService reports) {
    this.reports = reports;
  }

  @GetMapping("/reports/sales-by-category")
  List<CategorySales> salesByCategory() {
    return reports.salesByCategory();
  }
}
