package sightline.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What runs, for people and programs: {@code stack.json}, which always appears whole, and a table.
 * Stateless.
 */
final class StackFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private StackFile() {}

  /** Writes it, for us alone: the addresses hold passwords. */
  static void write(Path file, Path certificates, List<Supervisor.Running> running) {
    List<Map<String, Object>> parts = new ArrayList<>();
    for (Supervisor.Running each : running) {
      Map<String, Object> part = new LinkedHashMap<>();
      part.put("name", each.part().name());
      part.put("pid", each.pid());
      part.put("url", each.part().url());
      each.part().known().forEach(part::putIfAbsent);
      part.put("log", each.log().toString());
      parts.add(part);
    }
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("parts", parts);
    whole.put("certificates", certificates.toString());
    Path next = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.deleteIfExists(next);
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(next, JSON.writeValueAsBytes(whole));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same to read; passwords are left out. */
  static String table(List<Supervisor.Running> running) {
    StringBuilder table =
        new StringBuilder("%-12s %8s  %-34s %s%n".formatted("part", "pid", "address", "log"));
    for (Supervisor.Running each : running) {
      String url = each.part().url().replaceFirst("://[^/@]*@", "://");
      table.append(
          "%-12s %8d  %-34s %s%n".formatted(each.part().name(), each.pid(), url, each.log()));
    }
    return table.toString();
  }
}
