package sightline.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Short commands that are waited for. Stateless. */
final class Commands {
  private Commands() {}

  /**
   * Runs one.
   *
   * @throws StackFailed with the last line that it said, where it fails
   */
  static void run(Path directory, Map<String, String> environment, List<String> command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int code = process.waitFor();
      if (code != 0) {
        String last = said.substring(said.lastIndexOf('\n') + 1);
        throw new StackFailed(command.getFirst() + " failed (" + code + "): " + last);
      }
    } catch (IOException e) {
      throw new StackFailed(command.getFirst() + " can't be run: " + e.getMessage() + ".");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailed("interrupted while " + command.getFirst() + " ran.");
    }
  }

  /** A signal to a process, or to its group where the id is negative; gone is as good. */
  static void signal(String name, long pid) {
    try {
      new ProcessBuilder("kill", "-s", name, "--", String.valueOf(pid))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new StackFailed("kill can't be run: " + e.getMessage() + ".");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
