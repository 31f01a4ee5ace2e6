package sightline.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Measures every system at every size, run by run in turn beside the floor, and puts each cell in
 * the file; what the file has already is not measured again. Belongs to the main thread.
 */
final class Sitting {
  private final List<Contender> contenders;
  private final int repeat;
  private final Load load;
  private final SystemOptions systems;
  private final CellFile file;
  private final Progress progress;
  private final Map<String, Started> started = new HashMap<>();

  Sitting(
      List<Contender> contenders,
      int repeat,
      Load load,
      SystemOptions systems,
      CellFile file,
      Progress progress) {
    this.contenders = contenders;
    this.repeat = repeat;
    this.load = load;
    this.systems = systems;
    this.file = file;
    this.progress = progress;
  }

  /** What the file holds of this load. */
  Summary summary() throws IOException {
    String text = Cell.text(load);
    return new Summary(file.read().stream().filter(cell -> cell.load().equals(text)).toList());
  }

  void measure(List<Integer> sizes) throws IOException, InterruptedException {
    for (int size : sizes.stream().sorted().toList()) {
      measure(size);
    }
  }

  private void measure(int size) throws IOException, InterruptedException {
    List<Contender> able = able(size);
    try {
      for (int run = 1; run <= repeat; run++) {
        for (Contender contender : able) {
          if (missing(contender, size, run)) {
            progress.phase(size + " browsers, run " + run + " of " + repeat);
            Cell cell = measure(contender, size, run);
            file.append(cell);
            progress.line(line(cell));
          }
        }
      }
    } finally {
      started.values().forEach(Started::close);
      started.clear();
    }
  }

  /** Those that were not past what they can at a smaller size. */
  private List<Contender> able(int size) throws IOException {
    Summary before = summary();
    List<Contender> able = new ArrayList<>();
    for (Contender contender : contenders) {
      Optional<Integer> beyond =
          before.sizes().stream()
              .filter(smaller -> smaller < size && before.beyond(contender.name(), smaller))
              .findFirst();
      if (beyond.isPresent()) {
        progress.line(
            "%s is not run with %d browsers: %d were too many"
                .formatted(contender.name(), size, beyond.get()));
      } else {
        able.add(contender);
      }
    }
    return able;
  }

  private boolean missing(Contender contender, int size, int run) throws IOException {
    return summary().of(contender.name(), size).stream().noneMatch(cell -> cell.run() == run);
  }

  private Cell measure(Contender contender, int size, int run)
      throws IOException, InterruptedException {
    Load sized = load.withBrowsers(size, contender.protocol());
    try {
      return Cell.of(
          contender.name(), sized, run, new Run(target(contender), sized, progress).measure());
    } catch (TimeoutException e) {
      return Cell.failed(contender.name(), sized, run, String.valueOf(e.getMessage()));
    }
  }

  private Target target(Contender contender) throws IOException, InterruptedException {
    Started there = started.get(contender.target());
    if (there == null) {
      there =
          contender.target().equals(Summary.FLOOR)
              ? floor()
              : systems.start(contender.target(), progress, load.devices());
      started.put(contender.target(), there);
    }
    return there.target();
  }

  private static Started floor() throws IOException {
    FloorProcess floor = new FloorProcess();
    return new Started(floor.target(), floor::close);
  }

  private static String line(Cell cell) {
    return cell.measured()
        ? "%5d %-10s delivered/s %,.0f  satisfied %.4f  p50 %.2f  p99 %.2f ms  lag p99 %.3f  generator %.2f cores  %s"
            .formatted(
                cell.browsers(),
                cell.system(),
                cell.figure("deliveredPerSecond"),
                cell.figure("satisfied"),
                cell.figure("p50.0Ms"),
                cell.figure("p99.0Ms"),
                cell.figure("lagP99Ms"),
                cell.figure("generatorCores"),
                cell.verdict())
        : "%5d %-10s %s".formatted(cell.browsers(), cell.system(), cell.verdict());
  }
}
