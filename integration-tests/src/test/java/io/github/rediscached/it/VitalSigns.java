package io.github.rediscached.it;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Measures each minute what JVMs hold: the heap after a collection, the memory of the process,
 * threads and open descriptors. What leaks grows. {@link Hunt} starts it for a soak.
 */
final class VitalSigns extends Thread {

  private final List<RunningJvm> jvms;
  private final Map<String, List<Long>> seen = new LinkedHashMap<>();

  /**
   * One of the signs.
   *
   * @param first a minute after the start
   */
  record Sign(String name, long first, long median, long last) {}

  VitalSigns(List<RunningJvm> jvms) {
    super("vital signs");
    this.jvms = List.copyOf(jvms);
    setDaemon(true);
  }

  @Override
  public void run() {
    List<Beans> beans = jvms.stream().map(Beans::of).toList();
    try {
      while (true) {
        TimeUnit.MINUTES.sleep(1);
        for (int i = 0; i < beans.size(); i++) {
          measure("JVM " + i + ": ", jvms.get(i).pid(), beans.get(i));
        }
      }
    } catch (InterruptedException e) {
      // The hunt is over.
    } finally {
      beans.forEach(Beans::close);
    }
  }

  /** Ends it. */
  List<Sign> end() {
    interrupt();
    try {
      join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    List<Sign> signs = new ArrayList<>();
    seen.forEach(
        (name, values) -> {
          List<Long> sorted = values.stream().sorted().toList();
          signs.add(
              new Sign(
                  name,
                  values.get(0),
                  sorted.get(sorted.size() / 2),
                  values.get(values.size() - 1)));
        });
    return signs;
  }

  private void measure(String jvm, long pid, Beans beans) {
    MemoryMXBean memory = beans.platform(ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    memory.gc();
    see(jvm + "heap, KB", memory.getHeapMemoryUsage().getUsed() / 1_024);
    see(jvm + "process, KB", residentKilobytes(pid));
    see(
        jvm + "threads",
        beans.platform(ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class).getThreadCount());
    see(
        jvm + "descriptors",
        beans
            .platform(
                ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME, UnixOperatingSystemMXBean.class)
            .getOpenFileDescriptorCount());
  }

  private void see(String name, long value) {
    seen.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
  }

  private static long residentKilobytes(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
