package io.github.rediscached.benchmarks.http;

import io.github.rediscached.benchmarks.Arguments;
import io.github.rediscached.benchmarks.BenchmarkRedis;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the responses of the sample shop, and of applications of others, with and without the
 * agent, where a rule caches all of them: each is asked for twice, so that the second comes from
 * the cache where it may. It ends with an error if one of them differs.
 */
public final class HttpTour {

  /** Fields that a cache sets itself, or that say when or for which connection it was. */
  private static final Set<String> OF_THE_CACHE = Set.of("age", "cache-status", "date");

  /**
   * Fields that say only how the body is framed. A stored one has a length: Tomcat does not
   * compress it if it is short, but it does compress what has an unknown length.
   */
  private static final Set<String> FRAMING =
      Set.of("content-length", "transfer-encoding", "connection", "keep-alive", "content-encoding");

  /** Files that are larger are left out: by default they are not stored. */
  private static final long LARGEST = 900_000;

  private static final Pattern DETAIL = Pattern.compile("detail=\"?([^;\"]+)");
  private static final Pattern FORWARDED = Pattern.compile("fwd=([a-z-]+)");

  private final Arguments arguments;
  private final String redisUri;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private int different;

  private HttpTour(Arguments arguments, String redisUri) {
    this.arguments = arguments;
    this.redisUri = redisUri;
  }

  /**
   * An application.
   *
   * @param served what {@link TouredApplication} is to start, or a jar that is a server itself
   * @param paths the requests, below its root
   * @param changing what is another text in each of its responses, with or without a cache
   */
  private record Application(
      String name, String served, List<String> paths, List<Pattern> changing) {}

  /** All that the shop answers to GET, and what it does not know or does not like. */
  private static final List<String> SHOP =
      List.of(
          "/products/1",
          "/products/2",
          "/products/1?colour=red",
          "/products/999999",
          "/products/oak",
          "/products/-1",
          "/products//1",
          "/products/%31",
          "/products/1;a=b",
          "/products/1/",
          "/products/1/price",
          "/products/1/sales",
          "/products/2/sales?from=2020",
          "/products/999999/sales",
          "/categories/toys",
          "/categories/toys?page=0",
          "/categories/toys?page=1",
          "/categories/toys?page=9999",
          "/categories/toys?page=-1",
          "/categories/toys?page=one",
          "/categories/TOYS",
          "/categories/none",
          "/categories/toys/prices",
          "/categories/none/prices",
          "/search?q=oak",
          "/search?q=o",
          "/search?q=%C3%A4%20%2B",
          "/search?q=",
          "/search",
          "/users/1",
          "/users/2",
          "/users/999999",
          "/reports/sales-by-category",
          "/",
          "/index.html",
          "/favicon.ico",
          "/error",
          "/not/there");

  /** So that it starts soon; its data are the same each time. */
  private static final String[] SHOP_ARGUMENTS = {
    "--server.port=0",
    "--server.compression.enabled=true",
    "--shop.products=5000",
    "--shop.users=500",
    "--shop.sales=10000"
  };

  private static final List<String> OPTIONS = List.of("-Dhawtio.authenticationEnabled=false");

  /** A way to ask, with what stands in the table for it. */
  private record Way(String name, String method, Map<String, String> fields) {}

  private static final int FIRST = 3;
  private static final int LAST = 40;

  private static final List<Way> WAYS =
      List.of(
          new Way("GET", "GET", Map.of()),
          new Way("GET, gzip", "GET", Map.of("Accept-Encoding", "gzip")),
          new Way("HEAD", "HEAD", Map.of()),
          new Way("Range", "GET", Map.of("Range", "bytes=" + FIRST + '-' + LAST)),
          new Way("If-None-Match", "GET", Map.of("If-None-Match", "its own")),
          new Way("other language", "GET", Map.of("Accept-Language", "fr")));

  /** The figures of a row. */
  private static final class Row {

    final Map<String, Integer> reasons = new TreeMap<>();
    int requests;
    int identical;
    int framed;
    int changing;
    int different;
    int hits;
  }

  public static void main(String... args) throws IOException, InterruptedException {
    Arguments arguments = new Arguments(Map.of("shop", "", "war", ""), args);
    HttpTour tour;
    try (BenchmarkRedis redis = BenchmarkRedis.open()) {
      tour = new HttpTour(arguments, redis.uri());
      System.out.println(
          "| application | asked by | requests | identical | but for the framing | other without"
              + " the agent, too | different | hits | not from the cache, by reason |");
      System.out.println("|---|---|---:|---:|---:|---:|---:|---:|---|");
      for (Application application : tour.applications()) {
        tour.visit(application);
      }
    }
    if (tour.different > 0) {
      System.exit(1);
    }
  }

  private List<Application> applications() throws IOException {
    List<Application> all = new ArrayList<>();
    if (!arguments.get("shop").isEmpty()) {
      all.add(new Application("the sample shop", arguments.get("shop"), SHOP, List.of()));
    }
    all.add(
        new Application(
            "H2's console",
            "org.h2.server.web.JakartaWebServlet",
            List.of(
                "/",
                "/login.jsp",
                "/login.jsp?jsessionid=0",
                "/index.do",
                "/help.jsp",
                "/error.jsp",
                "/frame.jsp",
                "/header.jsp",
                "/tables.do",
                "/tree.js",
                "/table.js",
                "/stylesheet.css",
                "/background.gif",
                "/favicon.ico",
                "/ico_add.gif",
                "/ico_run.gif",
                "/tree_table.gif",
                "/notFound.jsp",
                "/not/there",
                "/%2e%2e/stylesheet.css",
                "/stylesheet.css;a=b"),
            List.of(
                Pattern.compile("[0-9a-f]{32}"), Pattern.compile("(?s)<textarea.*?</textarea>"))));
    String war = arguments.get("war");
    if (!war.isEmpty()) {
      List<String> paths =
          new ArrayList<>(
              List.of(
                  "",
                  "/",
                  "/jolokia/",
                  "/jolokia/version",
                  "/jolokia/search/java.lang:*",
                  "/jolokia/read/java.lang:type=Runtime/VmName",
                  "/jolokia/read/java.lang:type=Runtime/VmName?ifModifiedSince=1",
                  "/jolokia/read/java.lang:type=Runtime/VmName?callback=show",
                  "/jolokia/read/not:there=1",
                  "/user",
                  "/plugin",
                  "/auth/config",
                  "/auth/config/oidc",
                  "/auth/config/session-timeout",
                  "/keycloak/enabled",
                  "/keycloak/client-config",
                  "/login",
                  "/connect",
                  "/proxy/enabled",
                  "/static",
                  "/not/there.js"));
      paths.addAll(files(war));
      all.add(
          new Application("Hawtio", war, paths, List.of(Pattern.compile("\"timestamp\":\\d+"))));
    }
    return all;
  }

  /** The static files of a WAR. */
  private static List<String> files(String war) throws IOException {
    List<String> files = new ArrayList<>();
    try (JarFile jar = new JarFile(war)) {
      for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
        JarEntry entry = all.nextElement();
        if (!entry.isDirectory()
            && entry.getSize() < LARGEST
            && !entry.getName().matches("(WEB|META)-INF/.*")) {
          files.add('/' + entry.getName());
        }
      }
    }
    return files;
  }

  /** Where an application runs: twice without the agent, and with it. */
  private record Roots(String plain, String other, String cached) {}

  private void visit(Application application) throws IOException, InterruptedException {
    Path rules = Files.createTempFile("rediscached-tour", ".yaml");
    Files.writeString(
        rules,
        """
        namespace: tour-%d
        redis:
          uri: %s
          timeout: 5s
          connect-timeout: 5s
        http:
          - path: /**
            ttl: 60s
        """
            .formatted(System.nanoTime(), redisUri));
    List<String> agent = new ArrayList<>(OPTIONS);
    agent.add("-javaagent:" + arguments.get("agent") + "=config=" + rules);
    try (ServedJvm plain = serve(application, OPTIONS);
        ServedJvm other = serve(application, OPTIONS);
        ServedJvm cached = serve(application, agent)) {
      Roots roots =
          new Roots(
              rootOf(application, plain), rootOf(application, other), rootOf(application, cached));
      for (Way way : WAYS) {
        Row row = new Row();
        for (String path : application.paths) {
          compare(application, way, path, roots, row);
        }
        different += row.different;
        System.out.println(
            String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %d | %d | %d | %d | %s |",
                application.name,
                way.name,
                row.requests,
                row.identical,
                row.framed,
                row.changing,
                row.different,
                row.hits,
                row.reasons));
      }
    } finally {
      Files.delete(rules);
    }
  }

  private void compare(Application application, Way way, String path, Roots roots, Row row)
      throws IOException, InterruptedException {
    boolean isConditional = way.fields.containsKey("If-None-Match");
    String tag = isConditional ? tagOf(roots.plain + path) : null;
    if (isConditional && tag == null) {
      return;
    }
    HttpResponse<byte[]> expected = ask(way, roots.plain + path, tag);
    Set<String> changing =
        differences(
            application, expected, ask(way, roots.other + path, tag), roots.plain, roots.other);
    for (int time = 1; time <= 2; time++) {
      HttpResponse<byte[]> had = ask(way, roots.cached + path, tag);
      row.requests++;
      String status = had.headers().firstValue("Cache-Status").orElse("no rule");
      if (status.contains("; hit")) {
        row.hits++;
      } else if (time == 2) {
        row.reasons.merge(reason(status), 1, Integer::sum);
      }
      Set<String> differences =
          isPartOf(expected, had)
              ? Set.of()
              : differences(application, expected, had, roots.plain, roots.cached);
      if (differences.isEmpty()) {
        row.identical++;
      } else if (FRAMING.containsAll(differences)) {
        row.framed++;
      } else if (changing.containsAll(differences)) {
        row.changing++;
      } else {
        row.different++;
        report(way, path, time, expected, had, differences);
      }
    }
  }

  private static void report(
      Way way,
      String path,
      int time,
      HttpResponse<byte[]> expected,
      HttpResponse<byte[]> had,
      Set<String> differences) {
    System.err.println(way.name + ' ' + path + ", time " + time + ": " + differences);
    System.err.println("    " + expected.statusCode() + ' ' + expected.headers().map());
    System.err.println("    " + had.statusCode() + ' ' + had.headers().map());
  }

  /** A cache may answer a part of what it has, also where the application does not know ranges. */
  private static boolean isPartOf(HttpResponse<byte[]> expected, HttpResponse<byte[]> had) {
    byte[] whole = expected.body();
    return expected.statusCode() == 200
        && had.statusCode() == 206
        && Arrays.equals(
            had.body(), Arrays.copyOfRange(whole, FIRST, Math.min(whole.length, LAST + 1)));
  }

  private @Nullable String tagOf(String url) throws IOException, InterruptedException {
    return ask(WAYS.get(0), url, null).headers().firstValue("ETag").orElse(null);
  }

  private static String reason(String status) {
    Matcher detail = DETAIL.matcher(status);
    if (detail.find()) {
      return detail.group(1);
    }
    Matcher forwarded = FORWARDED.matcher(status);
    return forwarded.find() ? forwarded.group(1) : status;
  }

  private HttpResponse<byte[]> ask(Way way, String url, @Nullable String tag)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).method(way.method, BodyPublishers.noBody());
    for (Map.Entry<String, String> field : way.fields.entrySet()) {
      request.setHeader(
          field.getKey(),
          tag != null && field.getValue().equals("its own") ? tag : field.getValue());
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** Status, body, and the fields, in lower case. */
  private static Set<String> differences(
      Application application,
      HttpResponse<byte[]> expected,
      HttpResponse<byte[]> had,
      String without,
      String with) {
    Set<String> differences = new TreeSet<>();
    if (expected.statusCode() != had.statusCode()) {
      differences.add("status");
    }
    Set<String> names = new TreeSet<>(expected.headers().map().keySet());
    names.addAll(had.headers().map().keySet());
    for (String name : names) {
      List<String> before = expected.headers().allValues(name);
      List<String> after = had.headers().allValues(name);
      if (!OF_THE_CACHE.contains(name)
          && !before.equals(after)
          && !(name.equals("expires") && isAsFar(expected, had))
          && !(name.equals("etag") && before.isEmpty() && after.get(0).startsWith("W/"))
          && !before.toString().replace(without, with).equals(after.toString())) {
        differences.add(name);
      }
    }
    if (differences.contains("vary") && fieldsInVary(expected).equals(fieldsInVary(had))) {
      differences.remove("vary");
      differences.add("content-encoding");
    }
    if (!Arrays.equals(expected.body(), had.body())) {
      if (!known(application, identity(expected)).equals(known(application, identity(had)))) {
        differences.add("body");
      } else if (isCompressed(expected) || isCompressed(had)) {
        differences.add("content-encoding");
      }
    }
    return differences;
  }

  /** What it varies by, but for what the container adds where it may compress. */
  private static Set<String> fieldsInVary(HttpResponse<byte[]> response) {
    Set<String> fields = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : response.headers().allValues("vary")) {
      fields.addAll(Arrays.asList(line.split("\\s*,\\s*", -1)));
    }
    fields.remove("accept-encoding");
    return fields;
  }

  private static boolean isCompressed(HttpResponse<byte[]> response) {
    return response.headers().allValues("content-encoding").contains("gzip")
        && response.body().length > 0;
  }

  private static byte[] identity(HttpResponse<byte[]> response) {
    if (!isCompressed(response)) {
      return response.body();
    }
    try (InputStream body = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      return body.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it expires as long after its date. */
  private static boolean isAsFar(HttpResponse<byte[]> expected, HttpResponse<byte[]> had) {
    return Math.abs(secondsToExpiry(expected) - secondsToExpiry(had)) <= 2;
  }

  private static long secondsToExpiry(HttpResponse<byte[]> response) {
    try {
      return Duration.between(date(response, "Date"), date(response, "Expires")).toSeconds();
    } catch (DateTimeParseException e) {
      return 0;
    }
  }

  private static ZonedDateTime date(HttpResponse<byte[]> response, String name) {
    return ZonedDateTime.parse(
        response.headers().firstValue(name).orElse(""), DateTimeFormatter.RFC_1123_DATE_TIME);
  }

  /** A body without what changes by itself. */
  private static String known(Application application, byte[] body) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    for (Pattern pattern : application.changing) {
      text = pattern.matcher(text).replaceAll("");
    }
    return text;
  }

  private static ServedJvm serve(Application application, List<String> options) throws IOException {
    if (!isJar(application)) {
      return ServedJvm.start(TouredApplication.class, options, application.served);
    }
    List<String> program = new ArrayList<>(List.of(application.served));
    program.addAll(Arrays.asList(SHOP_ARGUMENTS));
    return ServedJvm.startJar(options, program.toArray(new String[0]));
  }

  private static boolean isJar(Application application) {
    return application.served.endsWith(".jar");
  }

  private static String rootOf(Application application, ServedJvm jvm) throws IOException {
    return "http://127.0.0.1:" + jvm.port() + (isJar(application) ? "" : "/app");
  }
}
