package sightline.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures codec and hub, and compares with what they cost before. Belongs to the main thread. */
@Command(
    name = "bench micro",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description =
        "Codec and hub by themselves: time and bytes allocated an operation, beside a baseline.",
    footer =
        "%nCompared is the fastest iteration, as a multiple of the calibration of the same run."
            + " Fails where that is 1.5 times the baseline's, or bytes are a tenth and 16 more.")
final class MicroCommand implements Callable<Integer> {
  private static final String ALL = ".*";

  @Parameters(
      arity = "0..1",
      paramLabel = "REGEXP",
      description = "found in a benchmark's full name",
      defaultValue = ALL)
  private String chosen = ALL;

  @Option(names = "--rounds", description = "over all of them, each in a JVM of its own")
  private int rounds = 2;

  @Option(names = "--json", description = "a file for the figures")
  private @Nullable Path json;

  @Option(
      names = "--compare",
      description = "a file that --json wrote; bench/micro/baseline.json where it is not given")
  private @Nullable Path compare;

  @Option(names = "--save", description = "makes this run bench/micro/baseline.json")
  private boolean save;

  @Override
  public Integer call() throws IOException, RunnerException {
    if (rounds < 1) {
      throw new IllegalArgumentException("--rounds must be at least 1");
    }
    if (save && !chosen.equals(ALL)) {
      throw new IllegalArgumentException("--save takes all benchmarks: leave out " + chosen);
    }
    List<Figure> baseline = baseline();
    List<Figure> figures =
        new Measuring(Effort.usual(rounds), System.err::println)
            .measure(Measuring.methods(Pattern.compile(chosen)));
    List<Comparison> comparisons = Comparison.of(figures, baseline);
    System.out.print(Table.of(comparisons));
    if (json != null) {
      FigureFile.write(json, figures);
    }
    if (save) {
      FigureFile.write(committed(), figures);
      return 0;
    }
    return comparisons.stream().anyMatch(Comparison::regressed) ? 1 : 0;
  }

  /** A file that was asked for must be there; the committed one may be missing. */
  private List<Figure> baseline() throws IOException {
    if (compare != null) {
      return FigureFile.read(compare);
    }
    return Files.exists(committed()) ? FigureFile.read(committed()) : List.of();
  }

  private static Path committed() {
    return Path.of(System.getProperty("sightline.root", "."), "bench", "micro", "baseline.json");
  }
}
