package sightline.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A signal to processes that are not our children. Stateless; a process that is gone is as good.
 */
enum Signal {
  KILL,
  HUP,
  TERM,
  STOP,
  CONT;

  /** To one process. */
  void to(long pid) {
    send(List.of(pid));
  }

  /** To a process and all that it started. */
  void toAll(long pid) {
    List<Long> pids = new ArrayList<>(List.of(pid));
    ProcessHandle.of(pid)
        .ifPresent(handle -> handle.descendants().forEach(child -> pids.add(child.pid())));
    send(pids);
  }

  private void send(List<Long> pids) {
    if (this == KILL) {
      pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      return;
    }
    List<String> command = new ArrayList<>(List.of("kill", "-s", name(), "--"));
    pids.forEach(pid -> command.add(String.valueOf(pid)));
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
