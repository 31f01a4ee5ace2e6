package sightline.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The floor as a process of its own, as the system is. Belongs to the bench's main thread. */
final class FloorProcess implements AutoCloseable {
  private final Child child;
  private final Target.Floor target;

  FloorProcess() throws IOException {
    child =
        new Child(
            new ProcessBuilder(Child.java("256m", FloorServer.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT),
            () -> {});
    // Its output stays open for as long as it runs.
    BufferedReader output =
        new BufferedReader(
            new InputStreamReader(child.process().getInputStream(), StandardCharsets.UTF_8));
    String ports = output.readLine();
    if (ports == null) {
      child.close();
      throw new IOException("the floor did not start");
    }
    String[] both = ports.split(" ", -1);
    target = new Target.Floor(address(both[0]), address(both[1]), List.of(child.process().pid()));
  }

  Target.Floor target() {
    return target;
  }

  private static InetSocketAddress address(String port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
  }

  @Override
  public void close() {
    child.close();
  }
}
