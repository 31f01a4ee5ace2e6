package sightline.drill.mutants;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import sightline.bus.LiveBus;
import sightline.gateway.AccessSettings;
import sightline.gateway.Beside;
import sightline.gateway.Gateway;
import sightline.gateway.GatewaySettings;
import sightline.history.HistorySettings;
import sightline.postgres.PostgresEventLog;
import sightline.postgres.PostgresPositionStore;
import sightline.redis.RedisBus;
import sightline.time.RoleClock;

/**
 * A gateway over Redis and PostgreSQL to which batches get lost, or its mutant, until nobody holds
 * its standard input. Belongs to the main thread.
 */
public final class GatewayMain {
  private GatewayMain() {}

  /**
   * Which it is, `gateway` or the mutant's name, {@link Addresses#arguments}, its port, and the
   * numbers of the batches that never come.
   */
  public static void main(String[] arguments) throws InterruptedException {
    Lifeline.watch();
    List<String> words = Arrays.asList(arguments);
    Addresses at = Addresses.of(words.subList(1, words.size()));
    List<String> own = words.subList(1 + at.arguments().size(), words.size());
    Set<Long> lost = own.stream().skip(1).map(Long::valueOf).collect(Collectors.toSet());
    RedisBus bus = new RedisBus(at.bus(), 1);
    LiveBus lossy = new LossyBus(bus, lost);
    boolean ignores = words.getFirst().equals(RoleMutant.IGNORES_HOLES.word());
    Path nothing = at.certificates().resolveSibling("page");
    new Gateway(
            GatewaySettings.DEFAULT.withPort(Integer.parseInt(own.getFirst())).withPage(nothing),
            AccessSettings.OPEN,
            ignores ? new HoleFillingBus(lossy) : lossy,
            bus,
            PostgresEventLog.open(at.history(), HistorySettings.DEFAULT),
            PostgresPositionStore.open(
                at.history(), HistorySettings.DEFAULT, InstantSource.system()),
            new SimpleMeterRegistry(),
            () -> "",
            List::of,
            RoleClock.system(),
            new Beside("", Duration.ZERO, List::of, List::of, nothing),
            () -> Runtime.getRuntime().halt(1))
        .start();
    // Its own threads keep no program alive.
    new CountDownLatch(1).await();
  }
}
