package io.github.rediscached.agent.instrument;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which classes are taken for a framework's, by their name and supertypes. */
class FrameworkProxiesTest {

  @ParameterizedTest
  @CsvSource({
    "com/acme/Shop$$SpringCGLIB$$0, com/acme/Shop, ",
    "com/acme/Shop_Subclass, com/acme/Shop, ",
    "com/acme/Shop_ClientProxy, com/acme/Shop, ",
    "com/acme/Outer_Shop_ClientProxy, com/acme/Outer$Shop, ",
    "com/acme/Producer_make_1_ClientProxy, java/lang/Object, io/quarkus/arc/ClientProxy",
    "com/acme/Shop_$$_WeldClientProxy, com/acme/Shop, ",
    "com/acme/Shop$Proxy$_$$_WeldSubclass, com/acme/Shop, ",
    "com/acme/Shop$$OwbNormalScopeProxy0, com/acme/Shop, ",
    "com/acme/Shop$$OwbInterceptProxy0, com/acme/Shop, ",
    "com/acme/Shop$$$view1, java/lang/Object, ",
    "com/acme/$Shop$Definition$Intercepted, com/acme/Shop, ",
  })
  void theProxiesOfFrameworksAreKnown(String name, String superName, @Nullable String implemented) {
    assertTrue(FrameworkProxies.contain(type(name, superName, implemented)), name);
  }

  @ParameterizedTest
  @CsvSource({
    "com/acme/Shop, java/lang/Object, ",
    "com/acme/Pricing_Subclass, java/lang/Object, ",
    "com/acme/Pricing_Subclass, com/acme/Base, ",
    "com/acme/Remote_ClientProxy, java/lang/Object, com/acme/Remote",
    "com/acme/Remote_ClientProxyFactory, com/acme/Other, ",
  })
  void classesOfApplicationsWithSimilarNamesAreOrdinary(
      String name, String superName, @Nullable String implemented) {
    assertFalse(FrameworkProxies.contain(type(name, superName, implemented)), name);
  }

  private static ClassModel type(String name, String superName, @Nullable String implemented) {
    ClassWriter type = new ClassWriter(0);
    String[] interfaces = implemented == null ? null : new String[] {implemented};
    type.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, superName, interfaces);
    type.visitEnd();
    return ClassModel.read(new ClassReader(type.toByteArray()));
  }
}
