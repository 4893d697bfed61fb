package io.github.rediscached.it;

import io.github.rediscached.RedisCached;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kotlin.Unit;

/** Compiles applications under test that are not simply Java, each compiler in a JVM of its own. */
final class Languages {

  private Languages() {}

  /** The folder with the classes of {@code src/test/kotlin}. */
  static Path kotlin(String option) {
    return compile(
        "kotlin",
        "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
        List.of(
            option,
            "-no-stdlib",
            "-no-reflect",
            "-jvm-target",
            "17",
            "-classpath",
            Jvm.home(Unit.class) + File.pathSeparator + Jvm.home(RedisCached.class)));
  }

  /** The folder with the classes of {@code src/test/scala}. */
  static Path scala() {
    return compile(
        "scala",
        "scala.tools.nsc.Main",
        List.of(
            "-release",
            "17",
            "-classpath",
            Jvm.home(scala.Option.class) + File.pathSeparator + Jvm.home(RedisCached.class)));
  }

  /** The folder with the Java module of {@code src/test/module}. */
  static Path module() {
    return compile(
        "module",
        "com.sun.tools.javac.Main",
        List.of("--release", "17", "-g", "--module-path", Jvm.home(RedisCached.class).toString()));
  }

  private static Path compile(String language, String compiler, List<String> options) {
    try {
      Path classes = Files.createTempDirectory(Path.of("target"), language);
      List<String> arguments = new ArrayList<>(options);
      arguments.addAll(List.of("-d", classes.toString()));
      try (Stream<Path> sources = Files.walk(Path.of("src", "test", language))) {
        sources.filter(Files::isRegularFile).forEach(source -> arguments.add(source.toString()));
      }
      Jvm jvm = Jvm.of(compiler, arguments.toArray(new String[0])).withoutAgent();
      // The compilers are among the libraries of these tests.
      jvm.classPath(System.getProperty("java.class.path"));
      jvm.run().succeeded();
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
