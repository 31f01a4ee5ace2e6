package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackFileTest {
  private static final String STACK =
      """
      {"parts":[
        {"name":"mosquitto","pid":11,"url":"mqtts://127.0.0.1:8883","plainUrl":"mqtt://127.0.0.1:1883","log":"m.log"},
        {"name":"recorder","pid":12,"url":"http://127.0.0.1:9001","more":{"a":[1]}},
        {"name":"gateway-1","pid":13,"url":"http://127.0.0.1:8080/"},
        {"name":"gateway-2","pid":0,"url":"http://127.0.0.1:8082/"}],
       "certificates":"certs"}
      """;

  @TempDir private Path folder;

  @Test
  void readsWhereEachPartListens() throws IOException {
    StackFile parts = read();
    assertEquals(1883, parts.address("mosquitto", "plainUrl").getPort());
    assertEquals(8883, parts.address("mosquitto", "url").getPort());
  }

  @Test
  void countsEveryProcessThatRunsAndTheGatewayFirst() throws IOException {
    assertEquals(List.of(13L, 11L, 12L), read().pids());
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    StackFile parts = read();
    IOException missing =
        assertThrows(IOException.class, () -> parts.address("gateway-1", "plainUrl"));
    assertEquals("the stack's gateway-1 has no plainUrl", missing.getMessage());
  }

  private StackFile read() throws IOException {
    return StackFile.read(Files.writeString(folder.resolve("stack.json"), STACK));
  }
}
