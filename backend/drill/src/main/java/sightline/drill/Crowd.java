package sightline.drill;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;

/**
 * Raw browsers, one half through Nginx, the other straight to the gateways in turn. For one thread.
 */
final class Crowd implements AutoCloseable {
  private static final long POLL_MILLIS = 10;

  private final List<RawBrowser> all = new ArrayList<>();

  /** Through Nginx alone. */
  static Crowd throughNginx(URI live, SSLContext trust, int size, String fleet) {
    Crowd crowd = new Crowd();
    for (int i = 0; i < size; i++) {
      crowd.all.add(new RawBrowser(live, trust, fleet));
    }
    return crowd;
  }

  static Crowd half(
      URI live, SSLContext trust, List<StackParts.Part> gateways, int size, String fleet) {
    Crowd crowd = throughNginx(live, trust, size / 2, fleet);
    for (int i = crowd.all.size(); i < size; i++) {
      URI gateway = URI.create(gateways.get(i % gateways.size()).url());
      crowd.all.add(
          new RawBrowser(
              URI.create("ws://127.0.0.1:" + gateway.getPort() + "/live"), trust, fleet));
    }
    return crowd;
  }

  List<RawBrowser> all() {
    return all;
  }

  void awaitPictures() throws InterruptedException {
    if (!reached(Duration.ofSeconds(20), () -> all.stream().allMatch(RawBrowser::hasPicture))) {
      throw new DrillStuck("raw browsers have no picture: " + all.getFirst().endings());
    }
  }

  /** Waits until it is so; false where it is not in time. */
  static boolean reached(Duration within, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    for (RawBrowser browser : all) {
      browser.close();
    }
  }
}
