package sightline.config;

import java.nio.file.Path;

/** Where a setting's value came from; a later one of this list is overridden by an earlier one. */
public sealed interface Origin {
  /** A flag of the command line, with its dashes. */
  record Flag(String name) implements Origin {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A variable of the environment. */
  record Variable(String name) implements Origin {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A line of the settings file, counted from 1. */
  record Line(Path file, int number) implements Origin {
    @Override
    public String toString() {
      return file + ":" + number;
    }
  }

  /** The program's own value. */
  record Default() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }
}
