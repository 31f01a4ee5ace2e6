package sightline.app;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.bus.BusUnavailable;
import sightline.gateway.OtherGateway;
import sightline.redis.RedisGateways;

/**
 * What gateways know of one another: each tells how many browsers it has, every 2 s, and hears the
 * others. A virtual thread tells and hears; any thread may ask.
 */
final class SharedGateways implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedGateways.class);
  private static final Duration EACH = Duration.ofSeconds(2);
  private static final long FORGOTTEN_NANOS = TimeUnit.HOURS.toNanos(1);

  private final RedisGateways gateways;
  private final String name;
  private final Map<String, Heard> heard = new HashMap<>();
  private volatile List<Heard> shown = List.of();
  private @Nullable Thread thread;

  /** What another last told, and since when it is that: its clock is not asked. */
  private record Heard(String name, RedisGateways.Told told, long nanos) {}

  SharedGateways(RedisGateways gateways, String name) {
    this.gateways = gateways;
    this.name = name;
  }

  void start(IntSupplier clients) {
    thread = Thread.ofVirtual().name("gateways").start(() -> run(clients));
  }

  /** The others, by name. */
  List<OtherGateway> heard() {
    long now = System.nanoTime();
    return shown.stream()
        .map(
            each ->
                new OtherGateway(
                    each.name(),
                    each.told().clients(),
                    TimeUnit.NANOSECONDS.toMillis(now - each.nanos())))
        .toList();
  }

  private void run(IntSupplier clients) {
    try {
      for (long beat = System.nanoTime(); ; beat++) {
        once(new RedisGateways.Told(beat, clients.getAsInt()));
        Thread.sleep(EACH);
      }
    } catch (InterruptedException e) {
      LOG.debug("the other gateways are not asked any more");
    }
  }

  private void once(RedisGateways.Told own) {
    try {
      gateways.tell(name, own);
      take(gateways.read());
    } catch (BusUnavailable e) {
      LOG.debug("the other gateways are not known: {}", e.getMessage());
    }
  }

  private void take(Map<String, RedisGateways.Told> all) {
    long now = System.nanoTime();
    heard.keySet().retainAll(all.keySet());
    all.forEach(
        (other, told) -> {
          Heard before = heard.get(other);
          if (before == null || !before.told().equals(told)) {
            heard.put(other, new Heard(other, told, now));
          } else if (now - before.nanos() > FORGOTTEN_NANOS) {
            gateways.forget(other);
          }
        });
    shown =
        heard.values().stream()
            .filter(each -> !each.name().equals(name))
            .sorted(Comparator.comparing(Heard::name))
            .toList();
  }

  /** It stops: the others need not see it fall silent, and it lets its browsers go to them. */
  @Override
  public void close() {
    if (thread == null) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(EACH);
      gateways.forget(name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (BusUnavailable e) {
      LOG.debug("the others will see this gateway fall silent: {}", e.getMessage());
    }
  }
}
