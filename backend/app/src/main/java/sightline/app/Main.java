package sightline.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import sightline.config.ConfigException;
import sightline.config.Nearest;

/** The program's commands; one line on stderr and an exit code where one can't be carried out. */
@Command(name = "sightline")
public final class Main {
  /** A start that was refused. */
  static final int REFUSED = 1;

  /** A command, flag or setting that is none. */
  static final int USAGE = 2;

  private Main() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    run(arguments, EventLogs.SQLITE);
  }

  /**
   * The same over another event log: how a drill shows that it finds one that breaks the promise.
   */
  public static void run(String[] arguments, EventLogs events) {
    int code = commandLine(System.getenv(), events).execute(arguments);
    System.out.flush();
    System.exit(code);
  }

  /** All commands, reading settings from an environment. */
  static CommandLine commandLine(Map<String, String> environment, EventLogs events) {
    return new CommandLine(new Main())
        .addSubcommand(new ConfigCommand(environment))
        .addSubcommand(new RetentionCommand(environment, events))
        .addSubcommand(new RunCommand(environment, events))
        .addSubcommand(new SimulateCommand(environment))
        .addSubcommand(new UpCommand(environment, events))
        .setParameterExceptionHandler((e, rest) -> misused(e))
        .setExecutionExceptionHandler((e, command, result) -> failed(e));
  }

  private static int failed(Exception e) {
    if (e instanceof StartRefused || e instanceof ConfigException) {
      say(String.valueOf(e.getMessage()));
      return e instanceof ConfigException ? USAGE : REFUSED;
    }
    logger().error("Stopped by a bug", e);
    return REFUSED;
  }

  private static int misused(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().getFirst();
      say("Unknown " + (word.startsWith("-") ? "option " : "word ") + word + hint(word, e));
    } else {
      say(String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ".");
    }
    return USAGE;
  }

  private static String hint(String word, ParameterException e) {
    CommandLine.Model.CommandSpec spec = e.getCommandLine().getCommandSpec();
    Set<String> known =
        word.startsWith("-") ? spec.optionsMap().keySet() : spec.subcommands().keySet();
    List<String> candidates = new ArrayList<>(known);
    return Nearest.hint(word, candidates) + " (sightline help " + spec.name() + ")";
  }

  private static void say(String line) {
    System.err.println("sightline: " + line);
  }

  /** Late, so that a refused start does not pay for logging. */
  private static Logger logger() {
    return LoggerFactory.getLogger(Main.class);
  }
}
