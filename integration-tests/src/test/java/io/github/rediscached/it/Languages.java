package io.github.rediscached.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kotlin.Unit;

/**
 * Compiles the applications under test that are not written in Java, each by its compiler in a JVM
 * of its own.
 */
final class Languages {

  private Languages() {}

  /** The folder with the classes of {@code src/test/kotlin}. */
  static Path kotlin(String... options) {
    return compile(
        "kotlin",
        "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
        Unit.class,
        List.of("-no-stdlib", "-no-reflect", "-jvm-target", "17"),
        List.of(options));
  }

  /** The folder with the classes of {@code src/test/scala}. */
  static Path scala() {
    return compile(
        "scala",
        "scala.tools.nsc.Main",
        scala.Option.class,
        List.of("-release", "17", "-deprecation"),
        List.of());
  }

  private static Path compile(
      String language,
      String compiler,
      Class<?> library,
      List<String> options,
      List<String> moreOptions) {
    try {
      Path classes = Files.createTempDirectory(Path.of("target"), language);
      List<String> arguments = new ArrayList<>(options);
      arguments.addAll(moreOptions);
      arguments.addAll(List.of("-classpath", Jvm.home(library) + java.io.File.pathSeparator + Jvm.home(io.github.rediscached.RedisCached.class)));
      arguments.addAll(List.of("-d", classes.toString()));
      try (Stream<Path> sources = Files.walk(Path.of("src", "test", language))) {
        sources.filter(Files::isRegularFile).forEach(source -> arguments.add(source.toString()));
      }
      Jvm jvm = Jvm.of(compiler, arguments.toArray(new String[0])).withoutAgent();
      for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
        jvm.classPath(Path.of(entry));
      }
      jvm.run().succeeded();
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
