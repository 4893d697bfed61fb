package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The jar that is shipped lies on the application's class path, so it must have nothing to see. */
class JarContentsTest {

  private static final String INSIDE = "rediscached/";
  private static final String SHADED = INSIDE + "io/github/rediscached/shaded/";

  /** Class files of Java 17. */
  private static final int MAX_MAJOR_VERSION = 61;

  /** Half of one is the command line, which the agent itself never reads. */
  private static final int MAX_MEGABYTES = 11;

  /** Packages below {@code shaded}, and how the notice calls the library. */
  private static final Map<String, String> LIBRARIES =
      Map.ofEntries(
          Map.entry("bytebuddy", "Byte Buddy"),
          Map.entry("command", "picocli"),
          Map.entry("kryo", "Kryo"),
          Map.entry("lettuce", "Lettuce"),
          Map.entry("netty", "Netty"),
          Map.entry("objenesis", "Objenesis"),
          Map.entry("reactivestreams", "Reactive Streams"),
          Map.entry("reactor", "Reactor Core"),
          Map.entry("slf4j", "SLF4J"),
          Map.entry("snakeyaml", "SnakeYAML Engine"),
          Map.entry("spring", "Spring Expression"));

  /** Names that the application's own libraries have, in class files and in texts. */
  private static final List<String> FOREIGN =
      List.of(
          "com/esotericsoftware/",
          "io/lettuce/",
          "io/netty/",
          "net/bytebuddy/",
          "org/apache/commons/logging/",
          "org/objectweb/asm/",
          "org/objenesis/",
          "org/reactivestreams/",
          "org/slf4j/",
          "org/snakeyaml/",
          "org/springframework/",
          "picocli/",
          "reactor/core/",
          "redis/clients/");

  private static final Map<String, byte[]> entries = new TreeMap<>();

  @BeforeAll
  static void read() throws IOException {
    try (JarFile jar = new JarFile(Jvm.AGENT.toFile())) {
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        entries.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
      }
    }
    for (String inner : List.of("agent.jar", "commands.jar", "libraries.jar")) {
      byte[] bytes = entries.remove(INSIDE + inner);
      try (ZipInputStream jar = new ZipInputStream(new ByteArrayInputStream(bytes))) {
        for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
          assertTrue(entry.getName().endsWith(".class"), entry.getName());
          entries.put(INSIDE + entry.getName() + "data", jar.readAllBytes());
        }
      }
    }
  }

  @Test
  void theApplicationFindsTheLoaderOfTheAgentInItAndTheLicence() {
    Set<String> visible =
        entries.keySet().stream()
            .filter(name -> !name.startsWith(INSIDE))
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(
        Set.of(
            "META-INF/LICENSE",
            "META-INF/MANIFEST.MF",
            "META-INF/NOTICE",
            "io/github/rediscached/agent/AgentClassLoader.class",
            "io/github/rediscached/agent/AgentMain.class",
            "io/github/rediscached/agent/CommandMain.class",
            "io/github/rediscached/agent/NestedJar.class"),
        visible);
    assertFalse(
        entries.keySet().stream()
            .anyMatch(name -> name.startsWith(INSIDE) && name.endsWith(".class")));
  }

  @Test
  void insideAreOnlyOurClassesRenamedLibrariesAndTheirServices() {
    for (String name : entries.keySet()) {
      if (name.startsWith(INSIDE)) {
        assertTrue(
            name.equals(INSIDE + "bridge/RediscachedBridge.classdata")
                || name.startsWith(INSIDE + "META-INF/services/io.github.rediscached.")
                || (name.startsWith(INSIDE + "io/github/rediscached/agent/")
                    && name.endsWith(".classdata"))
                || (name.startsWith(SHADED) && name.endsWith(".classdata")),
            name);
      }
    }
  }

  @Test
  void noClassRefersToALibraryByItsOriginalName() {
    Set<String> found = new TreeSet<>();
    entries.forEach(
        (name, bytes) -> {
          if (name.endsWith(".classdata")) {
            List<String> texts = textsIn(bytes);
            // Serializable lambdas compare descriptors that the renaming leaves alone.
            texts.removeIf(text -> text.startsWith("(") && texts.contains("$deserializeLambda$"));
            // The compiler leaves the name of a class of which it has copied a constant.
            texts.remove("net/bytebuddy/jar/asm/Opcodes");
            for (String text : texts) {
              if (FOREIGN.stream().anyMatch(foreign -> names(text, foreign))) {
                found.add(name + ": " + text);
              }
            }
          }
        });
    assertEquals(Set.of(), found);
  }

  @Test
  void namesOfClassesOfTheApplicationWereNotRenamed() {
    Set<String> found = new TreeSet<>();
    entries.forEach(
        (name, bytes) -> {
          // The store sets up our own copies, so it is their names that it means.
          if (name.startsWith(INSIDE + "io/github/rediscached/agent/")
              && !name.contains("/agent/store/")) {
            for (String text : literalsIn(bytes)) {
              if (text.replace('/', '.').startsWith("io.github.rediscached.shaded.")) {
                found.add(name + ": " + text);
              }
            }
          }
        });
    assertEquals(Set.of(), found);
  }

  @Test
  void servicesNameClassesThatAreThere() {
    entries.forEach(
        (name, bytes) -> {
          if (name.startsWith(INSIDE + "META-INF/services/")) {
            for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
              String classData = INSIDE + line.strip().replace('.', '/') + ".classdata";
              assertTrue(line.isBlank() || entries.containsKey(classData), name + ": " + line);
            }
          }
        });
  }

  @Test
  void everyClassRunsOnJava17() {
    entries.forEach(
        (name, bytes) -> {
          if (name.endsWith(".class") || name.endsWith(".classdata")) {
            int major = bytes[7];
            assertTrue(major <= MAX_MAJOR_VERSION, name + " has version " + major);
          }
        });
  }

  @Test
  void theManifestSaysHowToStartItAndNothingOfTheMachineThatBuiltIt() throws IOException {
    try (JarFile jar = new JarFile(Jvm.AGENT.toFile())) {
      Map<String, String> attributes = new TreeMap<>();
      jar.getManifest()
          .getMainAttributes()
          .forEach((name, value) -> attributes.put(name.toString(), value.toString()));

      assertTrue(
          String.valueOf(attributes.remove("Implementation-Version"))
              .matches("\\d+\\.\\d+\\.\\d+.*"));
      assertTrue(String.valueOf(attributes.remove("Ant-Version")).startsWith("Apache Ant "));
      assertEquals(
          Map.of(
              "Agent-Class",
              "io.github.rediscached.agent.AgentMain",
              "Can-Retransform-Classes",
              "true",
              "Created-By",
              "Maven",
              "Implementation-Title",
              "rediscached",
              "Main-Class",
              "io.github.rediscached.agent.CommandMain",
              "Manifest-Version",
              "1.0",
              "Premain-Class",
              "io.github.rediscached.agent.AgentMain"),
          attributes);
      assertEquals(1, jar.stream().map(JarEntry::getTime).collect(Collectors.toSet()).size());
    }
  }

  @Test
  void theLicencesOfAllThatIsInItAreThere() throws IOException {
    assertEquals(Files.readString(Path.of("../LICENSE")), text("META-INF/LICENSE"));
    String notice = text("META-INF/NOTICE");
    Set<String> shipped =
        entries.keySet().stream()
            .filter(name -> name.startsWith(SHADED))
            .map(name -> name.substring(SHADED.length(), name.indexOf('/', SHADED.length())))
            .collect(Collectors.toCollection(TreeSet::new));
    shipped.remove("logging");

    assertEquals(LIBRARIES.keySet(), shipped);
    LIBRARIES.values().forEach(library -> assertTrue(notice.contains("  " + library), library));
    assertTrue(notice.contains("The MIT License") && notice.contains("The 3-Clause BSD License"));
  }

  @Test
  void itIsSmall() throws IOException {
    assertTrue(Files.size(Jvm.AGENT) < MAX_MEGABYTES << 20, Files.size(Jvm.AGENT) + " bytes");
  }

  /** As a class, in a descriptor, or as the beginning of a name: of a class or a property. */
  private static boolean names(String text, String foreign) {
    return text.startsWith(foreign)
        || text.contains("L" + foreign)
        || (text.startsWith(foreign.replace('/', '.')) && !text.contains(" "));
  }

  /** All texts in the constant pool of a class file. */
  private static List<String> textsIn(byte[] classFile) {
    return new ArrayList<>(textsByIndex(classFile, new TreeSet<>()).values());
  }

  /** Those that stand in the source as texts. */
  private static List<String> literalsIn(byte[] classFile) {
    Set<Integer> literals = new TreeSet<>();
    Map<Integer, String> texts = textsByIndex(classFile, literals);
    texts.keySet().retainAll(literals);
    return new ArrayList<>(texts.values());
  }

  private static Map<Integer, String> textsByIndex(byte[] classFile, Set<Integer> literals) {
    Map<Integer, String> texts = new TreeMap<>();
    try (var in = new DataInputStream(new ByteArrayInputStream(classFile))) {
      in.skipNBytes(8);
      int constants = in.readUnsignedShort();
      for (int i = 1; i < constants; i++) {
        int tag = in.readUnsignedByte();
        switch (tag) {
          case 1 -> texts.put(i, in.readUTF());
          case 5, 6 -> {
            in.skipNBytes(8);
            i++;
          }
          case 8 -> literals.add(in.readUnsignedShort());
          case 7, 16, 19, 20 -> in.skipNBytes(2);
          case 15 -> in.skipNBytes(3);
          default -> in.skipNBytes(4);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  private static String text(String name) {
    return new String(entries.get(name), StandardCharsets.UTF_8);
  }
}
