package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyFileTest {
  @TempDir private Path folder;

  @Test
  void readsWhereTheSystemIs() throws IOException {
    ReadyFile ready = read("{\"pid\":17,\"http\":8080,\"mqtt\":1883,\"data\":\"/d\"}");
    assertEquals(17, ready.pid());
    assertEquals(8080, ready.http().getPort());
    assertEquals(1883, ready.mqtt().getPort());
    assertEquals("127.0.0.1", ready.mqtt().getHostString());
  }

  @Test
  void refusesOneWithoutAPort() {
    assertThrows(IOException.class, () -> read("{\"pid\":17,\"mqtt\":1883}"));
  }

  private ReadyFile read(String json) throws IOException {
    return ReadyFile.read(Files.writeString(folder.resolve("ready.json"), json));
  }
}
