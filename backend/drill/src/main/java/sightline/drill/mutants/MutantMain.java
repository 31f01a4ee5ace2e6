package sightline.drill.mutants;

import java.util.Arrays;
import sightline.app.Main;

/** Sightline with another event log. Belongs to the main thread. */
public final class MutantMain {
  private MutantMain() {}

  /** The mutant's name, then Sightline's own arguments. */
  public static void main(String[] arguments) {
    Mutant mutant = Mutant.of(arguments[0]);
    Main.run(Arrays.copyOfRange(arguments, 1, arguments.length), mutant.events());
  }
}
