package sightline.drill;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import sightline.bus.BusMessage;
import sightline.bus.HotState;
import sightline.drill.mutants.Addresses;
import sightline.drill.mutants.RecorderMain;
import sightline.protocol.Position;
import sightline.redis.RedisBus;

/**
 * G6 with a recorder that is killed with -9 again and again while it empties a full stream: what is
 * in history of the positions that were in the stream. For one thread.
 */
final class CursorTrial {
  private static final int KILLS = 5;
  private static final int BATCHES = 40;
  private static final int STREAM = 1_000_000;
  private static final int DEVICES = 100;
  private static final int MOST_DELAY_MILLIS = 25;
  private static final String CURSOR = "SELECT max(cursor) FROM recorder";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Addresses at;
  private final RedisBus bus;
  private final String word;
  private final SplittableRandom random;

  private CursorTrial(Addresses at, RedisBus bus, String word, long seed) {
    this.at = at;
    this.bus = bus;
    this.word = word;
    random = new SplittableRandom(seed);
  }

  static Finding of(Addresses at, long seed, String word)
      throws IOException, InterruptedException, SQLException {
    try (RedisBus bus = new RedisBus(at.bus(), STREAM);
        TrialHistory history = new TrialHistory(at)) {
      return new CursorTrial(at, bus, word, seed).run(history);
    }
  }

  private Finding run(TrialHistory history) throws IOException, InterruptedException, SQLException {
    fill();
    int kills = 0;
    while (kills < KILLS) {
      // At its end the recorder is killed.
      try (RoleProgram _ = new RoleProgram(RecorderMain.class, word, at, List.of())) {
        awaitProgress(history, kills);
        Thread.sleep(random.nextInt(MOST_DELAY_MILLIS));
      }
      if (bus.size() == 0) {
        throw new DrillStuck("the stream was empty before kill " + (kills + 1));
      }
      kills++;
    }
    drain();
    long sent = (long) BATCHES * RecorderMain.BATCH;
    long stored = history.number("SELECT count(*) FROM positions");
    return new Finding(
        Math.abs(sent - stored),
        "%d times kill -9 while it stored: %d positions in the stream, %d lost"
            .formatted(kills, sent, sent - stored));
  }

  private void fill() {
    String epoch = "trial";
    bus.rewrite(new HotState.Snapshot(epoch, 1, 0, List.of(), List.of()));
    long start = System.currentTimeMillis() - (long) BATCHES * RecorderMain.BATCH;
    long millis = start;
    for (int batch = 1; batch <= BATCHES; batch++) {
      List<Position> positions = new ArrayList<>();
      for (int i = 0; i < RecorderMain.BATCH; i++) {
        millis++;
        positions.add(HoleTrial.position("unit-" + millis % DEVICES, millis, 47 + i * 1e-5));
      }
      bus.round(new BusMessage.Batch(epoch, 1, batch, List.of()), positions);
    }
  }

  /** Until the cursor moves in this life of the recorder. */
  private void awaitProgress(TrialHistory history, int kills)
      throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    history.await(
        "the recorder had made its tables",
        deadline,
        "SELECT to_regclass('recorder')",
        answer -> !answer.isEmpty());
    String before = kills == 0 ? "" : history.value(CURSOR);
    history.await(
        "the recorder stored something", deadline, CURSOR, answer -> !answer.equals(before));
  }

  private void drain() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (RoleProgram _ = new RoleProgram(RecorderMain.class, word, at, List.of())) {
      while (bus.size() > 0) {
        if (System.nanoTime() - deadline > 0) {
          throw new DrillStuck("the recorder did not empty the stream");
        }
        Thread.sleep(20);
      }
    }
  }
}
