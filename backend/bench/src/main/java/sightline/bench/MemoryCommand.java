package sightline.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a connection and a device cost in memory. Belongs to the main thread. */
@Command(
    name = "memory",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description =
        "KiB of each connection, idle and watching the whole fleet, and of each device, in one"
            + " process: all of `up`, or a gateway of the stack.")
final class MemoryCommand implements Callable<Integer> {
  @Option(names = "--connections", description = "open at once; 0: leave these out")
  private int connections = 10_000;

  @Option(names = "--devices", description = "each of which publishes once; 0: leave these out")
  private int devices = 50_000;

  @Option(names = "--protocol", description = "json or bin, of the connections")
  private Protocol protocol = Protocol.json;

  @Mixin private SystemOptions system = new SystemOptions();

  @Override
  public Integer call() throws IOException, InterruptedException, TimeoutException {
    Progress progress = new Progress(System.err, Progress.onTerminal());
    try (Started started = system.start(progress, 1);
        Memory memory = new Memory(started.target(), progress)) {
      StringBuilder table = new StringBuilder(Memory.head());
      if (connections > 0) {
        table.append(memory.connections(connections, protocol));
      }
      if (devices > 0) {
        table.append(memory.devices(devices));
      }
      System.out.print(table);
      boolean good = memory.faults().none();
      System.out.print(good ? "" : "failed: " + memory.faults() + "\n");
      return good ? 0 : 1;
    }
  }
}
