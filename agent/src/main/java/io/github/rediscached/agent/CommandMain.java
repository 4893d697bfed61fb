package io.github.rediscached.agent;

import java.io.File;
import java.util.function.ToIntBiFunction;

/**
 * Where {@code java -jar rediscached-agent.jar} enters: the command line, in a JVM of its own,
 * where the agent never starts. Apart from {@link AgentMain}, which needs a module that small
 * runtime images lack.
 */
public final class CommandMain {

  private CommandMain() {}

  /** Ends the JVM with the exit code of the command. */
  @SuppressWarnings("unchecked") // It is ours.
  public static void main(String[] arguments) throws Exception {
    File jar =
        new File(CommandMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    // The parent has the JDK's module for attaching.
    ClassLoader loader = new AgentClassLoader(jar, ClassLoader.getSystemClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    Class<?> commands = Class.forName("io.github.rediscached.agent.cli.Commands", true, loader);
    System.exit(
        ((ToIntBiFunction<String[], File>) commands.getDeclaredConstructor().newInstance())
            .applyAsInt(arguments, jar));
  }
}
