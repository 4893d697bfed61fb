package io.github.rediscached.agent;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.rediscached.RedisCached;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The arrows of the house, as docs/design.md draws them. A new package gets a line in {@link
 * #rooms} and one there; so does a new library.
 */
class HouseTest {

  private static final String AGENT = "io.github.rediscached.agent";

  /** What all other packages may know. */
  private static final List<String> SHARED = List.of("log", "plan", "thread");

  private static final JavaClasses CLASSES = importLocationOf(Agent.class);

  /**
   * A package of the agent.
   *
   * @param name below {@link #AGENT}
   * @param imports the other packages of the agent that it knows
   * @param libraries the only ones it knows; no other package knows them
   */
  private record Room(String name, List<String> imports, List<String> libraries) {

    Room with(String... itsLibraries) {
      return new Room(name, imports, List.of(itsLibraries));
    }

    String packageName() {
      return name.isEmpty() ? AGENT : AGENT + "." + name;
    }

    String[] mayImport() {
      List<String> allowed = new ArrayList<>(libraries);
      allowed.addAll(List.of("java..", "org.jspecify.annotations", packageName()));
      imports.forEach(other -> allowed.add(AGENT + "." + other));
      return allowed.toArray(String[]::new);
    }

    @Override
    public String toString() {
      return packageName();
    }
  }

  private static Stream<Room> rooms() {
    return Stream.of(
        room(
            "",
            "call",
            "config",
            "http",
            "httpserver",
            "instrument",
            "jmx",
            "protocol",
            "stats",
            "store"),
        room("config").with("org.snakeyaml.."),
        room("instrument", "call", "classfile", "expression", "http").with("net.bytebuddy.."),
        room("http", "call", "expression", "protocol", "stats"),
        room("servlet", "http").with("jakarta.servlet.."),
        room("httpserver", "http").with("com.sun.net.httpserver.."),
        room("jmx", "stats").with("javax.management.."),
        room("call", "codec", "expression", "key", "near", "protocol", "seal", "stats", "store"),
        room("protocol", "key", "store"),
        room("key", "classfile", "type").with("com.esotericsoftware.kryo.."),
        room("near"),
        room("codec", "classfile", "type").with("com.esotericsoftware.kryo..", "javax.crypto"),
        room("classfile", "type").with("net.bytebuddy.."),
        room("type").with("com.esotericsoftware.kryo..", "javax.xml.."),
        room("expression", "type").with("org.springframework.."),
        room("store").with("io.lettuce..", "io.netty..", "reactor.."),
        room("seal").with("javax.crypto.."),
        room("attach").with("com.sun.tools.attach..", "net.bytebuddy.agent.."),
        room("cli", "attach").with("picocli..", "javax.management.."),
        room("stats"),
        new Room("plan", List.of(), List.of()),
        new Room("log", List.of(), List.of()),
        new Room("thread", List.of(), List.of()));
  }

  private static Room room(String name, String... imports) {
    List<String> all = new ArrayList<>(SHARED);
    all.addAll(List.of(imports));
    return new Room(name, all, List.of());
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aPackageKnowsOnlyWhatItsArrowsAndItsLibraryAllow(Room room) {
    classes()
        .that()
        .resideInAPackage(room.packageName())
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(room.mayImport()))
        .check(CLASSES);
  }

  @Test
  void everyPackageHasItsArrows() {
    String[] known =
        Stream.concat(rooms().map(Room::packageName), Stream.of("org.apache.commons.logging"))
            .toArray(String[]::new);
    classes().should().resideInAnyPackage(known).check(CLASSES);
  }

  @Test
  void noPackagesDependOnEachOther() {
    slices().matching(AGENT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyWhoWiresThePartsReadsTheSettings() {
    String config = AGENT + ".config";
    noClasses()
        .that()
        .resideOutsideOfPackages(AGENT, config)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(config)
        .check(CLASSES);
  }

  @Test
  void whatTheApplicationsLoaderSeesRefersToNothingElseOfOurs() {
    String visible =
        AGENT.replace(".", "\\.") + "\\.(AgentMain|AgentClassLoader|NestedJar)(\\$.*)?";
    classes()
        .that()
        .haveNameMatching(visible)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java..", "org.jspecify.annotations").or(nameMatching(visible)))
        .check(CLASSES);
  }

  @Test
  void theBridgeKnowsOnlyTheJdk() {
    URL bridge = ClassLoader.getSystemResource("java/lang/RediscachedBridge.class");
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java.lang", "java.lang.invoke")
        .check(new ClassFileImporter().importUrl(Objects.requireNonNull(bridge)));
  }

  @Test
  void theAnnotationsKnowOnlyTheJdk() {
    classes()
        .that()
        .resideInAPackage(RedisCached.class.getPackageName())
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java.lang", "java.lang.annotation", "io.github.rediscached")
        .check(importLocationOf(RedisCached.class));
  }

  @Test
  void whatRunsBeforeMainTouchesNothingThatTheApplicationMayStillConfigure() {
    noClasses()
        .that()
        .resideInAnyPackage(
            AGENT, AGENT + ".config", AGENT + ".instrument", AGENT + ".plan", AGENT + ".log")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.nio.file..", "java.lang.management..", "javax..")
                .or(JavaClass.Predicates.type(java.net.InetAddress.class))
                .or(JavaClass.Predicates.assignableTo(java.net.SocketAddress.class))
                .or(JavaClass.Predicates.assignableTo(java.net.Socket.class)))
        .check(CLASSES);
  }

  /** Linking the first lambda, or the first concatenation of this kind, takes tens of ms. */
  @Test
  void whatRunsBeforeMainLinksNoLambda() {
    List<String> places = new ArrayList<>();
    for (JavaClass type : CLASSES) {
      if (resideInAnyPackage(
              AGENT, AGENT + ".config", AGENT + ".instrument", AGENT + ".plan", AGENT + ".log")
          .test(type)) {
        places.addAll(dynamicCallSites(type));
      }
    }
    assertEquals(List.of(), places);
  }

  @Test
  void nobodyLogsButTheAgentsLog() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..", "org.slf4j..")
        .check(CLASSES);
    noClasses().should().accessField(System.class, "out").check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage(AGENT)
        .should()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  @Test
  void namesSayWhatThingsAre() {
    String vague = "(?i).*(util|utils|helper|manager)";
    noClasses().should().haveNameMatching(vague).check(CLASSES);
    noFields().should().haveNameMatching(vague).check(CLASSES);
  }

  private static JavaClasses importLocationOf(Class<?> member) {
    return new ClassFileImporter()
        .importUrl(member.getProtectionDomain().getCodeSource().getLocation());
  }

  /** Methods with an invokedynamic, but those that the compiler gives to records. */
  private static List<String> dynamicCallSites(JavaClass type) {
    List<String> places = new ArrayList<>();
    try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      new ClassReader(in)
          .accept(
              new ClassVisitor(Opcodes.ASM9) {
                @Override
                public MethodVisitor visitMethod(
                    int access,
                    String name,
                    String descriptor,
                    @Nullable String signature,
                    String @Nullable [] exceptions) {
                  return new MethodVisitor(Opcodes.ASM9) {
                    @Override
                    public void visitInvokeDynamicInsn(
                        String site, String siteType, Handle bootstrap, Object... arguments) {
                      if (!bootstrap.getOwner().equals("java/lang/runtime/ObjectMethods")) {
                        places.add(type.getName() + "." + name);
                      }
                    }
                  };
                }
              },
              ClassReader.SKIP_DEBUG);
    } catch (IOException e) {
      throw new AssertionError(type.getName(), e);
    }
    return places;
  }
}
