package sightline.app;

import java.nio.file.Path;
import java.util.List;
import sightline.bridge.BridgeSettings;
import sightline.bridge.DevicesSettings;
import sightline.broker.BrokerSettings;
import sightline.gateway.AccessSettings;
import sightline.gateway.GatewaySettings;
import sightline.gateway.PersonSettings;
import sightline.history.HistorySettings;
import sightline.postgres.PostgresSettings;
import sightline.probe.ProbeSettings;
import sightline.redis.RedisSettings;

/**
 * All settings of the program: a section a module.
 *
 * @param app of the process itself
 * @param broker the embedded MQTT broker
 * @param devices which of them may take part
 * @param bridge MQTT to bus and history
 * @param gateway browsers, API and the page
 * @param history event log, positions and recorder
 * @param probe what measures the whole path
 * @param simulator the simulated fleet
 * @param run of a process that `run` starts
 * @param redis the bus of such processes
 * @param postgres the history of such processes
 * @param people who may sign in: a list of `name`, `token` (16 characters or more, never shown) and
 *     `groups` (device groups, or {@code *}); nobody: everyone at this machine is {@code local} and
 *     sees all
 */
record Settings(
    AppSettings app,
    BrokerSettings broker,
    DevicesSettings devices,
    BridgeSettings bridge,
    GatewaySettings gateway,
    HistorySettings history,
    ProbeSettings probe,
    SimulatorSettings simulator,
    RunSettings run,
    RedisSettings redis,
    PostgresSettings postgres,
    List<PersonSettings> people) {
  /**
   * What stands where nothing is set.
   *
   * @param home the folder of the program
   */
  static Settings defaults(Path home) {
    return new Settings(
        AppSettings.DEFAULT,
        BrokerSettings.DEFAULT,
        DevicesSettings.DEFAULT,
        BridgeSettings.DEFAULT,
        GatewaySettings.DEFAULT.withPage(home.resolve("frontend/dist")),
        HistorySettings.DEFAULT,
        ProbeSettings.DEFAULT,
        SimulatorSettings.DEFAULT,
        RunSettings.DEFAULT,
        RedisSettings.DEFAULT,
        PostgresSettings.DEFAULT,
        List.of());
  }

  /** Who may see what. */
  AccessSettings access() {
    return new AccessSettings(people, devices.groups());
  }
}
