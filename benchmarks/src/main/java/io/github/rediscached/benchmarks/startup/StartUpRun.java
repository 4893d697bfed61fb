package io.github.rediscached.benchmarks.startup;

import com.acme.largeshop.LargeShop;
import io.github.rediscached.benchmarks.Arguments;
import io.github.rediscached.benchmarks.BenchmarkRedis;
import io.github.rediscached.benchmarks.Figures;
import io.github.rediscached.benchmarks.Report;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Measures what the agent costs at start-up, in CPU time: JVMs without it and with it in turn, each
 * many times, of which the median counts.
 */
public final class StartUpRun {

  private static final String UNMATCHED_RULES =
      """
      caches:
        - method: com.acme.absent.Products.find*(long)
          ttl: 5m
        - method: com.acme.absent..*Service.find*(..)
          cache: absent
      """;

  private static final String NEW_NAMESPACE = "@new@";

  private final Arguments arguments;
  private final Path folder;
  private final String redisUri;
  private final Figures<String> cpu = new Figures<>();
  private final Figures<String> wall = new Figures<>();
  private int runs;

  private StartUpRun(Arguments arguments, Path folder, String redisUri) {
    this.arguments = arguments;
    this.folder = folder;
    this.redisUri = redisUri;
  }

  public static void main(String... args) throws IOException, InterruptedException {
    Arguments arguments = new Arguments(Map.of("hello-rounds", "25", "shop-rounds", "15"), args);
    Path folder = Files.createTempDirectory("rediscached-start-up");
    try (BenchmarkRedis redis = BenchmarkRedis.open()) {
      new StartUpRun(arguments, folder, redis.uri()).run();
    }
  }

  private void run() throws IOException, InterruptedException {
    Report report = new Report("start-up");
    report.line("\"Hello, world\":");
    report.line("");
    helloWorld(report);
    report.line("");
    report.line(
        "Spring Boot with web and JPA, "
            + loadedClasses(List.of("-cp", System.getProperty("java.class.path")))
            + " classes:");
    report.line("");
    largeShop(report);
    report.publish(arguments);
    if (!arguments.get("json").isEmpty()) {
      Files.writeString(
          Path.of(arguments.get("json")),
          "{\"cpuMillis\": " + cpu.toJson() + ", \"wallMillis\": " + wall.toJson() + "}\n");
    }
  }

  private void helloWorld(Report report) throws IOException, InterruptedException {
    Path hello = jar("hello.jar", HelloWorld.class, false);
    Path rules = Files.writeString(folder.resolve("unmatched.yaml"), UNMATCHED_RULES);
    List<String> application = List.of("-cp", hello.toString(), HelloWorld.class.getName());
    Map<String, List<String>> variants = new LinkedHashMap<>();
    variants.put("no agent", List.of());
    variants.put("a transformer that does nothing", List.of(noOpAgent()));
    variants.put("rediscached, nothing matches", List.of(agent(null)));
    variants.put("rediscached, two rules that match nothing", List.of(agent("config=" + rules)));
    measure("hello", variants, application, arguments.number("hello-rounds"));
    table(report, "hello", variants);
  }

  private void largeShop(Report report) throws IOException, InterruptedException {
    List<String> shop =
        List.of("-cp", System.getProperty("java.class.path"), LargeShop.class.getName());
    Map<String, List<String>> variants = new LinkedHashMap<>();
    variants.put("no agent", List.of());
    variants.put("a transformer that does nothing", List.of(noOpAgent()));
    variants.put("rediscached, nothing matches", List.of(agent(null)));
    variants.put(
        "rediscached, 10 cached methods, each called once",
        List.of(
            // A namespace of its own, so that each run has the misses of a first start.
            agent("redis.uri=" + redisUri + ",namespace=" + NEW_NAMESPACE),
            "-D" + LargeShop.ANNOTATED + "=true"));
    measure("shop", variants, shop, arguments.number("shop-rounds"));
    table(report, "shop", variants);
  }

  private void measure(
      String application, Map<String, List<String>> variants, List<String> command, int rounds)
      throws IOException, InterruptedException {
    // The first round fills the caches of files and does not count.
    for (int round = 0; round <= rounds; round++) {
      for (Map.Entry<String, List<String>> variant : variants.entrySet()) {
        List<String> java = new ArrayList<>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : variant.getValue()) {
          java.add(option.replace(NEW_NAMESPACE, newNamespace()));
        }
        java.addAll(command);
        Measured measured = Measured.run(java, Map.of());
        if (round > 0) {
          cpu.add(application + ": " + variant.getKey(), measured.cpuMillis());
          wall.add(application + ": " + variant.getKey(), measured.wallMillis());
        }
      }
    }
  }

  /** What is more, and the ratios, are medians of what each round has. */
  private void table(Report report, String application, Map<String, List<String>> variants) {
    report.row("", "CPU ms", "more CPU ms", "CPU ratio", "elapsed ms", "elapsed ratio");
    report.row("---", "---:", "---:", "---:", "---:", "---:");
    String base = application + ": no agent";
    for (String variant : variants.keySet()) {
      String measured = application + ": " + variant;
      report.row(
          variant,
          String.format(Locale.ROOT, "%.0f", cpu.median(measured)),
          String.format(Locale.ROOT, "%.0f", cpu.medianOfRounds(measured, base, (a, b) -> a - b)),
          String.format(Locale.ROOT, "%.3f", cpu.medianOfRounds(measured, base, (a, b) -> a / b)),
          String.format(Locale.ROOT, "%.0f", wall.median(measured)),
          String.format(Locale.ROOT, "%.3f", wall.medianOfRounds(measured, base, (a, b) -> a / b)));
    }
  }

  private String newNamespace() {
    return "start-up-" + ProcessHandle.current().pid() + "-" + runs++;
  }

  private String noOpAgent() throws IOException {
    return "-javaagent:" + jar("no-op-agent.jar", NoOpAgent.class, true);
  }

  private String agent(@Nullable String settings) {
    String option = "-javaagent:" + Path.of(arguments.get("agent")).toAbsolutePath();
    return settings == null ? option : option + "=" + settings;
  }

  private long loadedClasses(List<String> options) throws IOException, InterruptedException {
    Path log = folder.resolve("classes.log");
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.add("-Xlog:class+load:file=" + log);
    java.addAll(options);
    java.add(LargeShop.class.getName());
    Measured.run(java, Map.of());
    try (var lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(" source: ")).count();
    }
  }

  /** A jar with one class in it, since a large class path would cost as well. */
  private Path jar(String name, Class<?> type, boolean agent) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (agent) {
      manifest.getMainAttributes().putValue("Premain-Class", type.getName());
      manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
    }
    Path jar = folder.resolve(name);
    String classFile = type.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream in = type.getClassLoader().getResourceAsStream(classFile)) {
      if (in == null) {
        throw new IOException(classFile + " is missing");
      }
      out.putNextEntry(new JarEntry(classFile));
      in.transferTo(out);
    }
    return jar;
  }
}
