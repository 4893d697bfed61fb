package com.acme.webshop;

import com.acme.tomcat.SharedLibrary;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Calls all methods of a new catalog, and the shared library, and says what they returned, and
 * which ran.
 */
public final class ShopServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    long id = Long.parseLong(request.getParameter("id"));
    Catalog catalog = new Catalog();
    StringBuilder answer = new StringBuilder();
    answer.append(catalog.product(id)).append(", ");
    answer.append(catalog.priceOf(new Product(id))).append(", ");
    answer.append(catalog.similar(new Product(id))).append(", ");
    try {
      catalog.soldOut(id);
    } catch (SoldOutException e) {
      answer.append(e.getMessage()).append(", ");
    }
    answer.append(catalog.filtered(product -> product.id() == 1)).append(", ");
    answer.append(catalog.comparator(id) != null).append(", ");
    answer.append(Catalog.broken(new Product(id))).append(", ");
    answer.append(shared(new Product(id))).append("; ");
    answer.append("ran: ").append(catalog.ran());
    response.setContentType("text/plain");
    response.getWriter().write(answer.toString());
  }

  private static String shared(Product product) {
    try {
      SharedLibrary.fail(new SoldOutException(product));
      return "no failure";
    } catch (Exception e) {
      return SharedLibrary.describe(product)
          + ", "
          + SharedLibrary.label(product)
          + ", "
          + SharedLibrary.echo(product)
          + ", "
          + e.getMessage();
    }
  }
}
