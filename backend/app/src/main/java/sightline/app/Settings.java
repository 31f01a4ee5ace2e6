package sightline.app;

import java.nio.file.Path;
import java.time.Duration;
import sightline.broker.BrokerSettings;

/**
 * All settings of the program: a section a module.
 *
 * @param app of the process itself
 * @param broker the embedded MQTT broker
 */
record Settings(AppSettings app, BrokerSettings broker) {
  /**
   * What stands where nothing is set.
   *
   * @param home the folder of the program
   */
  static Settings defaults(Path home) {
    return new Settings(AppSettings.DEFAULT, BrokerSettings.DEFAULT);
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
        throw new IllegalArgumentException("close-within must be from 1s to 5m");
      }
    }
  }
}
