package sightline.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands before a command, so that the process that we start is the part itself and not a
 * shell: each of these becomes the next. Stateless.
 */
final class Spawn {
  private Spawn() {}

  /** As another user; nothing where that is us. */
  static List<String> as(@Nullable String user) {
    return user == null
        ? List.of()
        : List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--init-groups", "--");
  }

  /**
   * In a session of its own, so that Ctrl-C on the terminal is the supervisor's alone to pass on,
   * and ended by the system where the supervisor is killed.
   *
   * @param environment of the part alone, not of the commands before it: they may be another user's
   */
  static List<String> command(Part part, Map<String, String> environment) {
    List<String> command = new ArrayList<>(List.of("setsid", "setpriv"));
    if (part.user() != null) {
      command.addAll(List.of("--reuid=" + part.user(), "--regid=" + part.user(), "--init-groups"));
    }
    command.add("--pdeathsig=" + part.stopSignal());
    command.add("--");
    if (!environment.isEmpty()) {
      command.add("env");
      environment.forEach((name, value) -> command.add(name + "=" + value));
    }
    command.addAll(part.command());
    return command;
  }
}
