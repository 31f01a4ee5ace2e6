package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a peer's script says once it is ready. */
class PeerFileTest {
  static final PeerFile ANY =
      new PeerFile(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1_883),
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 8_080),
          List.of(1L, 2L));

  @TempDir private Path folder;

  @Test
  void saysPortsAndProcesses() throws IOException {
    assertEquals(ANY, PeerFile.read(file("{\"mqtt\":1883,\"http\":8080,\"pids\":[1,2]}")));
  }

  @Test
  void oneThatLacksAPortOrProcessesIsRefused() throws IOException {
    for (String lacking :
        List.of(
            "{\"http\":8080,\"pids\":[1]}",
            "{\"mqtt\":1883,\"pids\":[1]}",
            "{\"mqtt\":1,\"http\":2,\"pids\":[]}")) {
      Path file = file(lacking);
      assertThrows(IOException.class, () -> PeerFile.read(file), lacking);
    }
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("ready.json"), text);
  }
}
