package com.acme.largeshop;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Starts, answers one request, calls each method of its {@link Reports} once, and ends. */
@SpringBootApplication
public class LargeShop {

  /** The system property that says whether the methods of the reports are annotated. */
  public static final String ANNOTATED = "largeshop.annotated";

  public static void main(String[] args) throws IOException {
    SpringApplication application = new SpringApplication(LargeShop.class);
    application.setDefaultProperties(
        Map.of(
            "server.port", "0",
            "logging.level.root", "warn",
            "spring.jpa.open-in-view", "false",
            "spring.datasource.url", "jdbc:h2:mem:largeshop",
            "spring.jpa.hibernate.ddl-auto", "create"));
    try (ConfigurableApplicationContext context = application.run(args)) {
      String port = context.getEnvironment().getRequiredProperty("local.server.port");
      try (InputStream answer =
          URI.create("http://localhost:" + port + "/articles/1").toURL().openStream()) {
        System.out.println(answer.readAllBytes().length);
      }
      System.out.println(context.getBean(Reports.class).all());
    }
  }

  @Bean
  Reports reports(ArticleRepository articles) {
    // Where one is returned as the other's superclass, the JVM's verifier loads both.
    return Boolean.getBoolean(ANNOTATED)
        ? AnnotatedReports.of(articles)
        : PlainReports.of(articles);
  }
}
