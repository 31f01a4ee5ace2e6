package sightline.app;

import java.nio.file.Path;
import sightline.broker.BrokerSettings;
import sightline.history.HistorySettings;

/**
 * All settings of the program: a section a module.
 *
 * @param app of the process itself
 * @param broker the embedded MQTT broker
 * @param history event log, positions and recorder
 */
record Settings(AppSettings app, BrokerSettings broker, HistorySettings history) {
  /**
   * What stands where nothing is set.
   *
   * @param home the folder of the program
   */
  static Settings defaults(Path home) {
    return new Settings(AppSettings.DEFAULT, BrokerSettings.DEFAULT, HistorySettings.DEFAULT);
  }
}
