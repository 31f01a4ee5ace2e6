package sightline.micro;

import picocli.CommandLine;

/** The command line of the micro bench. Belongs to the main thread. */
public final class Main {
  private Main() {}

  /** Ends with 0, with 1 for a regression or where a benchmark failed, with 2 for a bad option. */
  public static void main(String[] args) {
    CommandLine line = new CommandLine(new MicroCommand());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println(command.getCommandName() + ": " + failure.getMessage());
          return failure instanceof IllegalArgumentException ? 2 : 1;
        });
    System.exit(line.execute(args));
  }
}
