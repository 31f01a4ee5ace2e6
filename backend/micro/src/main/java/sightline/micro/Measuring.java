package sightline.micro;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs benchmarks by JMH. Belongs to the main thread. */
final class Measuring {
  /** What all else is compared with. */
  static final String CALIBRATION = "Calibration.digits";

  private final Effort effort;
  private final Consumer<String> progress;

  /**
   * @param progress told what begins
   */
  Measuring(Effort effort, Consumer<String> progress) {
    this.effort = effort;
    this.progress = progress;
  }

  /** The benchmark methods in whose full names the pattern is found, the calibration always. */
  static List<String> methods(Pattern chosen) {
    return BenchmarkList.defaultList()
        .getAll(OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT), List.of())
        .stream()
        .map(BenchmarkListEntry::getUsername)
        .filter(method -> method.endsWith(CALIBRATION) || chosen.matcher(method).find())
        .sorted()
        .toList();
  }

  /**
   * Measures each of the methods with all its parameters; with the usual effort some six seconds
   * for each of those and round.
   *
   * @throws RunnerException where a benchmark fails, or another JMH runs on this machine
   */
  List<Figure> measure(List<String> methods) throws RunnerException {
    Map<String, List<RunResult>> runs = new LinkedHashMap<>();
    for (int round = 1; round <= effort.rounds(); round++) {
      for (String method : methods) {
        progress.accept("round " + round + " of " + effort.rounds() + ": " + method);
        for (RunResult run : new Runner(options(method)).run()) {
          runs.computeIfAbsent(Figure.name(run.getParams()), name -> new ArrayList<>()).add(run);
        }
      }
    }
    return runs.values().stream().map(Figure::of).toList();
  }

  /** Forks have this JVM's own flags and class path. */
  private Options options(String method) {
    TimeValue iteration = TimeValue.milliseconds(effort.iteration().toMillis());
    return new OptionsBuilder()
        .include("^" + Pattern.quote(method) + "$")
        .mode(Mode.AverageTime)
        .timeUnit(TimeUnit.NANOSECONDS)
        .forks(effort.forks())
        .warmupIterations(effort.warmups())
        .warmupTime(iteration)
        .measurementIterations(effort.iterations())
        .measurementTime(iteration)
        .addProfiler(GCProfiler.class)
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true)
        .build();
  }
}
