package sightline.app;

import java.nio.file.Path;
import java.time.Duration;

/**
 * All settings of the program: a section a module.
 *
 * @param app of the process itself
 */
record Settings(AppSettings app) {
  /**
   * What stands where nothing is set.
   *
   * @param home the folder of the program
   */
  static Settings defaults(Path home) {
    return new Settings(AppSettings.DEFAULT);
  }

  /**
   * The process's own settings.
   *
   * @param closeWithin the time that each part gets to close
   */
  record AppSettings(Duration closeWithin) {
    /** For one machine. */
    public static final AppSettings DEFAULT = new AppSettings(Duration.ofSeconds(10));

    AppSettings {
      if (closeWithin.compareTo(Duration.ofSeconds(1)) < 0
          || closeWithin.compareTo(Duration.ofMinutes(5)) > 0) {
        throw new IllegalArgumentException("close-within must be 1s to 5m");
      }
    }
  }
}
