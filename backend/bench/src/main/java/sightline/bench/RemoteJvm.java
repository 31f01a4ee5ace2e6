package sightline.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Another JVM of this machine and user, seen by its own management beans. Belongs to the bench's
 * main thread.
 */
final class RemoteJvm implements AutoCloseable {
  private final JMXConnector connector;
  private final MemoryMXBean memory;
  private final BufferPoolMXBean direct;
  private final ProcessUse process;
  private final long pid;

  /** The other side is a JVM of the same user, on loopback: what it serialises is trusted. */
  @SuppressWarnings("BanJNDI")
  RemoteJvm(long pid) throws IOException {
    this.pid = pid;
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        connector =
            JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("process " + pid + " is no JVM that can be looked at", e);
    }
    MBeanServerConnection beans = connector.getMBeanServerConnection();
    memory =
        ManagementFactory.newPlatformMXBeanProxy(
            beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    direct =
        ManagementFactory.newPlatformMXBeanProxy(
            beans, "java.nio:type=BufferPool,name=direct", BufferPoolMXBean.class);
    process = new ProcessUse(List.of(pid));
  }

  /**
   * Collects, so that what waits for its cleaner is found.
   *
   * @throws UncheckedIOException where the process has ended, or does not answer any more
   */
  void collect() {
    try {
      memory.gc();
    } catch (UndeclaredThrowableException e) {
      throw new UncheckedIOException(
          "process "
              + pid
              + (ProcessHandle.of(pid).isPresent() ? " does not answer any more" : " has ended")
              + ": its own log says why",
          new IOException(e.getCause()));
    }
  }

  /** What it holds after a full collection. */
  Holdings holdings() {
    collect();
    return new Holdings(
        memory.getHeapMemoryUsage().getUsed(),
        direct.getMemoryUsed(),
        process.descriptors(),
        process.residentBytes());
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
