package sightline.bridge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sightline.broker.BrokerSettings;
import sightline.broker.EmbeddedBroker;

/** The embedded broker. */
final class EmbeddedBrokerContractTest extends BrokerContract {
  private static final BrokerSettings SETTINGS =
      new BrokerSettings("127.0.0.1", 0, 256 * 1024, 64L << 20, Duration.ofHours(1));

  private @Nullable EmbeddedBroker broker;

  @Override
  int startBroker(Path folder) throws Exception {
    EmbeddedBroker started = new EmbeddedBroker(SETTINGS, folder);
    started.start();
    broker = started;
    return started.port();
  }

  @Override
  void listen(Bridge bridge) {
    Objects.requireNonNull(broker).onTakeOver(bridge::takenOver);
  }

  @Override
  void stopBroker() {
    Objects.requireNonNull(broker).close();
  }

  @Override
  int leastWillsOfWhoIsTakenOver() {
    return 0;
  }

  @Override
  int mostWillsOfWhoDisconnects() {
    return 1;
  }

  @Override
  boolean saysItsUptime() {
    return false;
  }
}
