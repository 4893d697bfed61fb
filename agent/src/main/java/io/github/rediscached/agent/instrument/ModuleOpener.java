package io.github.rediscached.agent.instrument;

import java.lang.instrument.Instrumentation;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Opens the package of a class to the agent alone. Thread-safe. */
public final class ModuleOpener implements Consumer<Class<?>> {

  private final Instrumentation instrumentation;

  public ModuleOpener(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  @Override
  public void accept(Class<?> type) {
    Module module = type.getModule();
    Module agent = ModuleOpener.class.getModule();
    String name = type.getPackageName();
    if (!module.isNamed() || module.isOpen(name, agent)) {
      return;
    }
    instrumentation.redefineModule(
        module,
        Collections.<Module>emptySet(),
        Collections.<String, Set<Module>>emptyMap(),
        Map.of(name, Set.of(agent)),
        Collections.<Class<?>>emptySet(),
        Collections.<Class<?>, List<Class<?>>>emptyMap());
  }
}
