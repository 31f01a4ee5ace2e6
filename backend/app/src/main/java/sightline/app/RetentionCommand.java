package sightline.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sightline.history.DamagedFile;
import sightline.history.Days;
import sightline.history.HistorySettings;
import sightline.history.HistoryUnavailable;
import sightline.history.NewerSchema;
import sightline.history.Retained;

/**
 * `sightline retention`: says what is past retention by this machine's clock, and removes it where
 * a person says so; by itself the recorder removes a day at most. On the main thread.
 */
@Command(name = "retention", description = "what is past retention, and its removal")
final class RetentionCommand implements Callable<Integer> {
  private static final int STEP_EVENTS = 1_000;

  private final Map<String, String> environment;
  private final EventLogs sqlite;

  @Mixin private final SettingsOptions options = new SettingsOptions();

  @Option(names = "--apply", description = "remove it")
  private boolean apply;

  RetentionCommand(Map<String, String> environment, EventLogs sqlite) {
    this.environment = environment;
    this.sqlite = sqlite;
  }

  @Override
  public Integer call() {
    Settings settings = options.bound(environment).settings();
    Path data = options.data(environment);
    try {
      if (settings.run().history() == RunSettings.Store.POSTGRES) {
        run(settings, data);
      } else if (Files.isDirectory(data.resolve("history"))) {
        // Another process would go on with files that are gone.
        try (DataDirectory held = DataDirectory.open(data)) {
          run(settings, held.path());
        }
      } else {
        throw new StartRefused("There is no history in " + data + "; choose with --data.");
      }
    } catch (NewerSchema | DamagedFile | HistoryUnavailable e) {
      throw new StartRefused(e.getMessage() + ".");
    }
    return 0;
  }

  private void run(Settings settings, Path data) {
    InstantSource clock = InstantSource.system();
    HistorySettings history = settings.history();
    Stores stores = Stores.open(settings, data, sqlite, clock);
    try (var positions = stores.positions();
        var events = stores.events()) {
      long now = clock.millis();
      long daysFrom = Days.startOf(now - history.positionsRetention().toMillis());
      long eventsFrom = Days.startOf(now - history.eventsRetention().toMillis());
      System.out.println(
          "By this machine's clock it is "
              + Instant.ofEpochMilli(now).truncatedTo(ChronoUnit.SECONDS)
              + ".");
      long found =
          line("days of positions", history.positionsRetention(), positions, daysFrom)
              + line("events", history.eventsRetention(), events, eventsFrom);
      if (apply) {
        int days = positions.retain(daysFrom);
        positions.retainedSince(daysFrom);
        long removed = 0;
        int step;
        do {
          step = events.retain(eventsFrom, STEP_EVENTS);
          removed += step;
        } while (step == STEP_EVENTS);
        events.retainedSince(eventsFrom);
        System.out.println("Removed: " + days + " days of positions, " + removed + " events.");
      } else if (found > 0) {
        System.out.println(
            "Nothing was removed. Where that clock is right: sightline retention --apply");
      }
    }
    System.out.flush();
  }

  private static long line(String what, Duration kept, Retained store, long from) {
    long count = store.countBefore(from);
    String oldest = count == 0 ? "" : ", the oldest of " + day(store.oldestDay());
    System.out.println(
        "Kept for "
            + kept.toDays()
            + " days, from "
            + day(from)
            + " on: "
            + count
            + " older "
            + what
            + oldest
            + ".");
    return count;
  }

  private static LocalDate day(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }
}
