package sightline.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
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

  /** The other side is a JVM of the same user, on loopback: what it serialises is trusted. */
  @SuppressWarnings("BanJNDI")
  RemoteJvm(long pid) throws IOException {
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

  /** Collects, so that what waits for its cleaner is found. */
  void collect() {
    memory.gc();
  }

  /** What it holds after a full collection. */
  Holdings holdings() {
    memory.gc();
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
