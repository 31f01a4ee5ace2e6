package sightline.drill;

import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** The drill's program. Belongs to the main thread. */
public final class Main {
  private Main() {}

  /** Ends the JVM with what {@link #run} gives. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Gives 0 where the promise was kept, 1 where not, 2 for a bad option. */
  public static int run(String... arguments) {
    CommandLine line = new CommandLine(new DrillCommand());
    line.registerConverter(Faults.class, Main::faults);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println("sightline: drill: " + failure.getMessage());
          return 1;
        });
    return line.execute(arguments);
  }

  private static Faults faults(String word) {
    try {
      return Faults.of(word);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
