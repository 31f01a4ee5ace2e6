package sightline.drill;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sightline.drill.mutants.Addresses;

/** A role in a process of its own, which ends with this one. For one thread. */
final class RoleProgram implements AutoCloseable {
  private final Process process;

  /**
   * Starts it.
   *
   * @param main whose {@code main} is called
   * @param word which it is
   * @param own further arguments
   */
  RoleProgram(Class<?> main, String word, Addresses at, List<String> own) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(word));
    arguments.addAll(at.arguments());
    arguments.addAll(own);
    Path log = at.certificates().resolveSibling("log").resolve(word + ".log");
    process =
        new ProcessBuilder(new Program(List.of(), main.getName(), List.of()).command(arguments))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()))
            .start();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void signal(Signal signal) {
    signal.to(process.pid());
  }

  /** kill -9. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
