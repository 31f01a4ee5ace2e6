package sightline.drill.mutants;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.bridge.Bridge;
import sightline.bridge.BridgeSettings;
import sightline.bridge.DevicesSettings;
import sightline.bridge.Lease;
import sightline.bus.BusUnavailable;
import sightline.history.EventLog;
import sightline.history.HistorySettings;
import sightline.history.HistoryUnavailable;
import sightline.postgres.PostgresEventLog;
import sightline.postgres.PostgresPositionStore;
import sightline.redis.RedisBus;
import sightline.redis.RedisLease;
import sightline.time.RoleClock;

/**
 * A bridge over Mosquitto, Redis and PostgreSQL, or its mutant: a standby until it gets the lease,
 * until it loses that or nobody holds its standard input. Belongs to the main thread.
 */
public final class BridgeMain {
  private static final long ASK_MILLIS = 200;
  private static final int ENDED = 1;

  private BridgeMain() {}

  /** Which it is, `bridge` or the mutant's name, then {@link Addresses#arguments}. */
  public static void main(String[] arguments) throws InterruptedException {
    Lifeline.watch();
    List<String> words = Arrays.asList(arguments);
    String word = words.getFirst();
    boolean fenced = !word.equals(RoleMutant.IGNORES_FENCE.word());
    Addresses at = Addresses.of(words.subList(1, words.size()));
    RedisBus bus = new RedisBus(at.bus(), 1_000_000);
    EventLog log = PostgresEventLog.open(at.history(), HistorySettings.DEFAULT);
    RedisLease lease = bus.lease("bridge-" + ProcessHandle.current().pid());
    Long token = take(lease, log);
    while (token == null) {
      Thread.sleep(ASK_MILLIS);
      token = take(lease, log);
    }
    start(at, word, new Held(token, lease, fenced), bus, log);
    while (true) {
      Thread.sleep(ASK_MILLIS);
      if (!holds(lease, token) && fenced) {
        Runtime.getRuntime().halt(ENDED);
      }
    }
  }

  private static void start(Addresses at, String word, Lease held, RedisBus bus, EventLog log) {
    boolean fenced = !word.equals(RoleMutant.IGNORES_FENCE.word());
    BridgeSettings d = BridgeSettings.DEFAULT;
    new Bridge(
            new BridgeSettings(
                at.mqtt(),
                d.queueCapacity(),
                d.maxWaitingEvents(),
                d.maxWaitingBytes(),
                d.commitGroup(),
                d.beat(),
                d.signOfLife(),
                d.roundRest(),
                d.mirror()),
            DevicesSettings.DEFAULT,
            held,
            Long.MIN_VALUE,
            HistorySettings.DEFAULT.positionsRetention(),
            word.equals(RoleMutant.BLIND_TO_RIVALS.word()) ? new RivalHidingBus(bus) : bus,
            bus,
            fenced ? log : new UnfencedEventLog(log),
            PostgresPositionStore.open(
                at.history(), HistorySettings.DEFAULT, InstantSource.system()),
            word.equals(RoleMutant.POISONED.word())
                ? new PoisonedRegistry()
                : new SimpleMeterRegistry(),
            RoleClock.system(),
            () -> {
              if (fenced) {
                Runtime.getRuntime().halt(ENDED);
              }
            })
        .start();
  }

  private static @Nullable Long take(RedisLease lease, EventLog log) {
    try {
      return lease.take(log.fence());
    } catch (BusUnavailable | HistoryUnavailable e) {
      return null;
    }
  }

  private static boolean holds(RedisLease lease, long token) {
    try {
      return lease.holds(token);
    } catch (BusUnavailable e) {
      return true;
    }
  }

  /** The lease as the bridge sees it; the mutant believes that it has it for ever. */
  private record Held(long token, RedisLease lease, boolean fenced) implements Lease {
    @Override
    public boolean holds() {
      return !fenced || BridgeMain.holds(lease, token);
    }
  }
}
