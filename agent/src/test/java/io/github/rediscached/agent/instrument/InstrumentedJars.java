package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.plan.EvictOptions;
import io.github.rediscached.agent.plan.MethodPattern;
import io.github.rediscached.agent.plan.TestOptions;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Reads the classes of jars or folders, and puts the call sites into all methods that rules name,
 * also into those that return nothing.
 */
final class InstrumentedJars extends URLClassLoader {

  static {
    registerAsParallelCapable();
  }

  final MethodReport report =
      new MethodReport(new AgentLog(new PrintStream(OutputStream.nullOutputStream())), () -> {});
  private final Instrumenter instrumenter;

  private InstrumentedJars(URL[] urls, List<MethodRule> rules) {
    super("instrumented", urls, ClassLoader.getPlatformClassLoader());
    this.instrumenter =
        new Instrumenter(
            rules,
            new InheritableRequests(rules),
            new Plans(),
            report,
            new RuleUse(rules, new ReportOnly(report)),
            new ReportOnly(report).missedWrites(),
            type -> {},
            false);
  }

  /**
   * @param members one class of each jar or folder
   */
  static InstrumentedJars of(List<Class<?>> members, String... patterns) {
    List<MethodRule> rules = new ArrayList<>();
    for (String pattern : patterns) {
      rules.add(new MethodRule(MethodPattern.parse(pattern), TestOptions.DEFAULTS, "here"));
      rules.add(
          new MethodRule(
              MethodPattern.parse(pattern),
              new EvictOptions(null, null, List.of("all"), null, false, false, false, null),
              "here"));
    }
    URL[] urls = new URL[members.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = members.get(i).getProtectionDomain().getCodeSource().getLocation();
    }
    return new InstrumentedJars(urls, rules);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] original = in.readAllBytes();
      byte[] changed = instrumenter.instrument(this, null, original).bytes();
      byte[] classFile = changed == null ? original : changed;
      return defineClass(name, classFile, 0, classFile.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  /** The binary names of the classes in a jar. */
  static List<String> classesBeside(Class<?> member) throws IOException, URISyntaxException {
    List<String> names = new ArrayList<>();
    File file =
        Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI()).toFile();
    try (JarFile jar = new JarFile(file)) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        if (name.endsWith(".class")
            && !name.startsWith("META-INF/")
            && !name.endsWith("-info.class")) {
          names.add(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
        }
      }
    }
    return names;
  }
}
