package sightline.bridge;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Mosquitto, as in production. */
final class MosquittoContractTest extends BrokerContract {
  private @Nullable MosquittoServer broker;

  @Override
  int startBroker(Path folder) throws Exception {
    MosquittoServer started = new MosquittoServer(folder);
    broker = started;
    return started.port();
  }

  @Override
  void listen(Bridge bridge) {
    // All that it can say is in its messages.
  }

  @Override
  void stopBroker() {
    Objects.requireNonNull(broker).close();
  }

  @Override
  int leastWillsOfWhoIsTakenOver() {
    return 1;
  }

  @Override
  int mostWillsOfWhoDisconnects() {
    return 0;
  }

  @Override
  boolean saysItsUptime() {
    return true;
  }
}
