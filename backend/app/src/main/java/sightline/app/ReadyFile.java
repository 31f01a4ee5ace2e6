package sightline.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells another program, in one JSON file that appears whole, that this one is ready. */
final class ReadyFile {
  private ReadyFile() {}

  /**
   * Writes {@code {"pid":…,"http":8080,"mqtt":1883,"data":"/…"}}.
   *
   * @throws StartRefused where the file can't be written
   */
  static void write(Path file, Endpoints endpoints) {
    Map<String, Object> ready = new LinkedHashMap<>();
    ready.put("http", endpoints.httpPort());
    ready.put("mqtt", endpoints.mqttPort());
    ready.put("data", endpoints.data().toString());
    write(file, ready);
  }

  /** Writes the process's id, and what else there is to know. */
  static void write(Path file, Map<String, Object> known) {
    Map<String, Object> ready = new LinkedHashMap<>();
    ready.put("pid", ProcessHandle.current().pid());
    ready.putAll(known);
    Path whole = file.toAbsolutePath();
    Path part = whole.resolveSibling(whole.getFileName() + ".part");
    try {
      Files.write(part, new ObjectMapper().writeValueAsBytes(ready));
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StartRefused("The ready file " + file + " can't be written: " + e.getMessage());
    }
  }
}
