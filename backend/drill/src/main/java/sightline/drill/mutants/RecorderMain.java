package sightline.drill.mutants;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import sightline.history.EventLog;
import sightline.history.HistorySettings;
import sightline.history.PositionStore;
import sightline.history.Recorder;
import sightline.postgres.PostgresEventLog;
import sightline.postgres.PostgresPositionStore;
import sightline.redis.RedisBus;
import sightline.time.RoleClock;

/**
 * A recorder over Redis and PostgreSQL, or its mutant, until it is killed or nobody holds its
 * standard input. Belongs to the main thread.
 */
public final class RecorderMain {
  /** Positions in a transaction; small, so that a kill finds one open. */
  public static final int BATCH = 2_000;

  private RecorderMain() {}

  /** Which it is, `recorder` or the mutant's name, then {@link Addresses#arguments}. */
  public static void main(String[] arguments) {
    Lifeline.watch();
    List<String> words = Arrays.asList(arguments);
    Addresses at = Addresses.of(words.subList(1, words.size()));
    HistorySettings d = HistorySettings.DEFAULT;
    HistorySettings settings =
        new HistorySettings(
            d.eventsRetention(), d.positionsRetention(), 2, Duration.ofMillis(100), BATCH);
    RoleClock clock = RoleClock.system();
    RedisBus bus = new RedisBus(at.bus(), 1_000_000);
    EventLog events = PostgresEventLog.open(at.history(), settings);
    PositionStore positions = PostgresPositionStore.open(at.history(), settings, clock);
    if (words.getFirst().equals(RoleMutant.EARLY_CURSOR.word())) {
      positions = new EarlyCursorStore(positions);
    }
    Runnable failed = () -> Runtime.getRuntime().halt(1);
    new Recorder(bus, bus, positions, events, settings, clock, new SimpleMeterRegistry(), failed)
        .start();
  }
}
