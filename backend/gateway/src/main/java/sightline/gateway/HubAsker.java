package sightline.gateway;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sightline.bus.BusUnavailable;

/** Asks the hub something and waits for its answer, for a bounded time. Any virtual thread. */
final class HubAsker {
  private static final long SECONDS = 5;

  private final Hub hub;

  HubAsker(Hub hub) {
    this.hub = hub;
  }

  <T extends @Nullable Object> T ask(Function<HubState, T> question) throws InterruptedException {
    try {
      return hub.ask(question).get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new BusUnavailable("the hub did not answer", e);
    }
  }
}
