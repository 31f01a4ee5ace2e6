package sightline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The report over many sizes and systems. Belongs to the main thread. */
final class ReportOptions {
  @Option(
      names = "--report",
      description =
          "every system at every size beside the floor, into --results; goes on where it ended")
  private boolean report;

  @Option(names = "--sizes", split = ",", description = "browsers, of the report")
  private List<Integer> sizes = List.of(30, 120, 300, 600, 1_000, 2_000);

  @Option(names = "--repeat", description = "runs of each cell of the report")
  private int repeat = 3;

  @Option(
      names = "--systems",
      split = ",",
      description = "of the report; with -bin by the binary protocol")
  private List<String> systems =
      List.of("floor", "nats", "mosquitto", "seed", "up", "up-bin", "stack", "stack-bin");

  @Option(
      names = "--results",
      description = "the report's folder; bench/results of this checkout where it is not given")
  private @Nullable Path results;

  boolean asked() {
    return report;
  }

  /** Measures what is missing; prints the table, and writes it with its plots as one page. */
  int write(Load load, SystemOptions options, Progress progress)
      throws IOException, InterruptedException {
    Path folder = results == null ? SystemOptions.root().resolve("bench/results") : results;
    Sitting sitting =
        new Sitting(
            systems.stream().map(Contender::of).toList(),
            repeat,
            load,
            options,
            new CellFile(folder.resolve("report.jsonl")),
            progress);
    sitting.measure(sizes);
    Summary summary = sitting.summary();
    Path page = folder.resolve("report.html");
    Files.writeString(page, ReportPage.of(summary, Cell.text(load)));
    System.out.print(summary.table());
    System.out.println("plots: " + page);
    return 0;
  }
}
