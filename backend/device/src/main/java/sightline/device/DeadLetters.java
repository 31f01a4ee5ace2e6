package sightline.device;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The file of events that were refused for good, one JSON object a line with the reason; at 1 MiB
 * it becomes the older of two. Owned by its spool, under its lock.
 */
final class DeadLetters {
  private static final long MAX_BYTES = 1 << 20;
  private final Path path;

  DeadLetters(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  void add(byte[] payload, String reason, long millis) throws IOException {
    byte[] head =
        new JsonWriter(64)
            .beginObject()
            .name("rejected")
            .value(reason)
            .name("time")
            .value(millis)
            .endObject()
            .toBytes();
    ByteBuffer line = ByteBuffer.allocate(head.length + payload.length + 16);
    line.put(head, 0, head.length - 1);
    line.put(",\"event\":".getBytes(StandardCharsets.US_ASCII)).put(payload);
    line.put("}\n".getBytes(StandardCharsets.US_ASCII)).flip();
    if (Files.exists(path) && Files.size(path) + line.remaining() > MAX_BYTES) {
      Files.move(
          path,
          path.resolveSibling("older-" + path.getFileName()),
          StandardCopyOption.REPLACE_EXISTING);
    }
    try (FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      while (line.hasRemaining()) {
        file.write(line);
      }
      file.force(false);
    }
    SpoolLog.syncDirectory(path);
  }
}
