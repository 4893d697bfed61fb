package com.acme.http;

import io.github.rediscached.RedisEvict;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.nio.file.Files;
import java.security.Principal;
import java.util.Objects;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/**
 * A Tomcat with a resource of Jersey below {@code /rest}, and controllers of Spring MVC behind
 * Spring Security, with log-in by a form, below {@code /mvc}. It says its port on stdout and ends
 * with its stdin.
 */
public final class FrameworkShop {

  private FrameworkShop() {}

  public static void main(String[] arguments) throws IOException, LifecycleException {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(
        Files.createDirectories(java.nio.file.Path.of("tomcat")).toAbsolutePath().toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context rest = tomcat.addContext("/rest", null);
    Tomcat.addServlet(
            rest, "jersey", new ServletContainer(new ResourceConfig(ProductResource.class)))
        .addMapping("/*");
    tomcat
        .addContext("/mvc", null)
        .addServletContainerInitializer(
            (none, servlets) -> {
              AnnotationConfigWebApplicationContext spring =
                  new AnnotationConfigWebApplicationContext();
              spring.register(SecuredPages.class);
              spring.setServletContext(servlets);
              servlets.addServlet("mvc", new DispatcherServlet(spring)).addMapping("/");
              servlets
                  .addFilter(
                      "security", new DelegatingFilterProxy("springSecurityFilterChain", spring))
                  .addMappingForUrlPatterns(null, false, "/*");
            },
            Set.of());
    tomcat.start();
    System.out.println("port=" + tomcat.getConnector().getLocalPort());
    while (System.in.read() >= 0) {
      // Until the test closes it.
    }
    System.exit(0);
  }

  /** A resource, and the service that changes what it shows. */
  @Path("/")
  public static class ProductResource {

    @GET
    @Path("products/{id}")
    @Produces("text/plain")
    public String product(@PathParam("id") String id) {
      return "run " + Ledger.note("jersey " + id) + " of " + id;
    }

    @POST
    @Path("products/{id}")
    public void change(@PathParam("id") String id) {
      Ledger.note("changed " + id);
    }

    /** No rule knows this path. */
    @POST
    @Path("prices/{id}")
    @RedisEvict(tags = "product:#{#id}")
    public void reprice(@PathParam("id") String id) {
      Ledger.note("repriced " + id);
    }
  }

  /** Two users, who log in by a form; what is below {@code /public} is for everybody. */
  @Configuration
  @EnableWebSecurity
  @EnableWebMvc
  static class SecuredPages {

    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return http.authorizeHttpRequests(
              requests ->
                  requests.requestMatchers("/public/**").permitAll().anyRequest().authenticated())
          .formLogin(Customizer.withDefaults())
          .build();
    }

    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(user("ann"), user("bob"));
    }

    private static UserDetails user(String name) {
      return User.withUsername(name).password("{noop}" + name).roles("USER").build();
    }

    @Bean
    Pages pages() {
      return new Pages();
    }
  }

  /** Pages that say which run has made them, and for whom. */
  @RestController
  static class Pages {

    @GetMapping("/public/news")
    String news() {
      return "news, run " + Ledger.note("news");
    }

    /** The token is made for a session. */
    @GetMapping("/public/form")
    String form(CsrfToken token) {
      return "token " + token.getToken();
    }

    /** As a page that greets those who have logged in. */
    @GetMapping("/public/greeting")
    String greeting() {
      return "hello " + user();
    }

    @GetMapping("/account")
    String account(Principal user) {
      return "account of " + user.getName() + ", run " + Ledger.note("account");
    }

    @GetMapping({"/orders/{id}", "/invoices/{id}"})
    String orders(@PathVariable("id") String id) {
      String user = user();
      return "order " + id + " of " + user + ", run " + Ledger.note("order " + id + user);
    }

    private static String user() {
      return Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication())
          .getName();
    }
  }
}
