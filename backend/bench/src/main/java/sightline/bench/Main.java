package sightline.bench;

import java.time.Duration;
import picocli.CommandLine;

/** The command line of the bench. Belongs to the main thread. */
public final class Main {
  private Main() {}

  /** Ends with 0 when every run counts, 1 when one failed or is void, 2 for a bad option. */
  public static void main(String[] args) {
    CommandLine line = new CommandLine(new BenchCommand());
    line.registerConverter(Duration.class, Durations::parse);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println(command.getCommandName() + ": " + failure.getMessage());
          return 1;
        });
    System.exit(line.execute(args));
  }
}
