package sightline.drill;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import sightline.device.Device;
import sightline.device.DeviceExecutor;
import sightline.device.Spool;
import sightline.device.SpoolLimits;
import sightline.drill.mutants.Addresses;
import sightline.drill.mutants.BridgeMain;

/**
 * A bridge that is stopped under load until another has taken over, and then goes on: what it still
 * appends to the log, each row of which the database itself marks with its writer. For one thread.
 */
final class FenceTrial {
  private static final String OLDER = "older";
  private static final String NEWER = "newer";
  private static final int DEVICES = 10;
  private static final int EACH_PER_SECOND = 10;
  private static final int BEFORE = 50;
  private static final int BEHIND = 300;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration LONGEST_TRY = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 20;
  private static final String BY = "SELECT count(*) FROM log WHERE writer = '%s'";
  private static final String LATE =
      BY.formatted(OLDER) + " AND seq > (SELECT min(seq) FROM log WHERE writer = 'newer')";

  private final Addresses at;
  private final TrialHistory history;

  private FenceTrial(Addresses at, TrialHistory history) {
    this.at = at;
    this.history = history;
  }

  static Finding of(Addresses at, URI broker, String word)
      throws IOException, InterruptedException, SQLException {
    try (TrialHistory history = new TrialHistory(at);
        RoleProgram older = new RoleProgram(BridgeMain.class, word, at.writing(OLDER), List.of())) {
      FenceTrial trial = new FenceTrial(at, history);
      trial.markWriters();
      return trial.run(older, broker);
    }
  }

  private void markWriters() throws SQLException, InterruptedException {
    history.await(
        "the bridge had made its tables",
        System.nanoTime() + PATIENCE.toNanos(),
        "SELECT to_regclass('log')",
        answer -> !answer.isEmpty());
    history.execute(
        "ALTER TABLE log ADD COLUMN writer text DEFAULT current_setting('sightline.writer', true)");
  }

  private Finding run(RoleProgram older, URI broker)
      throws IOException, InterruptedException, SQLException {
    try (Load load = new Load(broker)) {
      load.start();
      awaitRows(OLDER, BEFORE);
      older.signal(Signal.STOP);
      try (RoleProgram _ =
          new RoleProgram(BridgeMain.class, "bridge", at.writing(NEWER), List.of())) {
        awaitRows(NEWER, BEFORE);
        older.signal(Signal.CONT);
        awaitEndOrLateRows(older);
        awaitRows(NEWER, Integer.parseInt(history.value(BY.formatted(NEWER))) + BEHIND);
      }
    }
    long late = history.number(LATE);
    return new Finding(
        late,
        "stopped until another had taken over, then woken: %d events appended by the other, %d by it"
                .formatted(history.number(BY.formatted(NEWER)), late)
            + (older.isAlive() ? "" : ", and it has ended"));
  }

  private void awaitRows(String writer, int rows) throws SQLException, InterruptedException {
    history.await(
        "the " + writer + " bridge had recorded " + rows + " events",
        System.nanoTime() + PATIENCE.toNanos(),
        BY.formatted(writer),
        answer -> Long.parseLong(answer) >= rows);
  }

  /**
   * One that does not end is given time: it may wait until its connections are noticed to be gone.
   */
  private void awaitEndOrLateRows(RoleProgram older) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + LONGEST_TRY.toNanos();
    while (older.isAlive() && history.number(LATE) == 0 && System.nanoTime() - deadline < 0) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Devices that send events by a schedule. Its senders' thread sends. */
  private static final class Load implements AutoCloseable {
    private final DeviceExecutor executor = new DeviceExecutor("trial", 1);
    private final List<Device> devices = new ArrayList<>();
    private final Sender sender;

    Load(URI broker) {
      for (int i = 0; i < DEVICES; i++) {
        devices.add(
            Device.builder("fenced-" + i)
                .broker(broker)
                .spool(Spool.inMemory(SpoolLimits.DEFAULT))
                .executor(executor)
                .build());
      }
      sender = new Sender(devices, EACH_PER_SECOND, new Ledger(), new SplittableRandom(1));
    }

    void start() throws IOException {
      for (Device device : devices) {
        device.start();
      }
      sender.start();
    }

    @Override
    public void close() {
      sender.close();
      CompletableFuture.allOf(
              devices.stream().map(Device::closeAsync).toArray(CompletableFuture<?>[]::new))
          .join();
      executor.close();
    }
  }
}
