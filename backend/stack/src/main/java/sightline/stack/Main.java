package sightline.stack;

import picocli.CommandLine;

/** The stack's program. Belongs to the main thread. */
public final class Main {
  private Main() {}

  /** Runs until it is told to stop; 1 where it can't start, 2 for a bad option. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new StackCommand());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (!(failure instanceof StackFailed)) {
            throw failure;
          }
          System.err.println("sightline: " + failure.getMessage());
          return 1;
        });
    System.exit(line.execute(arguments));
  }
}
