package io.github.rediscached.it;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;

/**
 * Applications that need another class path than the tests, or exist in several versions: their
 * sources stand in {@code src/test/applications} and are compiled while a test runs.
 */
final class JavaSources {

  private static final Path APPLICATIONS = Path.of("src/test/applications");

  private JavaSources() {}

  /**
   * Compiles all that is in these folders into one.
   *
   * @param target is made if it is missing
   * @return the target
   */
  static Path compile(Path target, Collection<Path> classPath, String... folders) {
    List<Path> sources = new ArrayList<>();
    for (String folder : folders) {
      sources.addAll(sourcesIn(APPLICATIONS.resolve(folder)));
    }
    JavaCompiler compiler = javax.tools.ToolProvider.getSystemJavaCompiler();
    StringWriter problems = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Files.createDirectories(target);
      List<String> options =
          List.of(
              "--release",
              "17",
              "-g",
              "-proc:none",
              "-d",
              target.toString(),
              "-cp",
              classPath.stream()
                  .map(Path::toString)
                  .collect(Collectors.joining(File.pathSeparator)));
      if (!compiler
          .getTask(problems, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call()) {
        throw new IllegalStateException(problems.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return target;
  }

  /** Packs a part of a folder into a jar, and returns the jar. */
  static Path jar(Path jar, Path classes, String part) {
    int exitCode =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(System.out, System.err, "cf", jar.toString(), "-C", classes.toString(), part);
    if (exitCode != 0) {
      throw new IllegalStateException("jar ended with " + exitCode);
    }
    return jar;
  }

  /** The jar or folder that a class of the tests was read from. */
  static Path locationOf(Class<?> member) {
    try {
      return Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> sourcesIn(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
