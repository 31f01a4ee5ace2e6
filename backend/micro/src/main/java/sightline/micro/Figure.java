package sightline.micro;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one benchmark costs an operation. Immutable.
 *
 * @param name its class and method, and its parameters' values
 * @param nanos the mean
 * @param errorNanos half the mean's confidence interval of 99.9 %; NaN for a single iteration
 * @param leastNanos of the fastest iteration: noise only ever adds
 * @param bytes allocated on the heap in the iteration that allocated least
 */
record Figure(String name, double nanos, double errorNanos, double leastNanos, double bytes) {
  private static final String BYTES = "gc.alloc.rate.norm";

  /** All runs of one benchmark as one figure; each must have run with JMH's {@code gc} profiler. */
  static Figure of(Collection<RunResult> runs) {
    BenchmarkParams params = runs.iterator().next().getParams();
    List<BenchmarkResult> results =
        runs.stream().flatMap(run -> run.getBenchmarkResults().stream()).toList();
    RunResult all = new RunResult(params, results);
    Result<?> time = all.getPrimaryResult();
    Result<?> bytes = all.getSecondaryResults().get(BYTES);
    if (bytes == null) {
      throw new IllegalArgumentException(params.getBenchmark() + " ran without the gc profiler");
    }
    return new Figure(
        name(params),
        time.getScore(),
        time.getScoreError(),
        time.getStatistics().getMin(),
        bytes.getStatistics().getMin());
  }

  /** Such as {@code HubTurn.turn all JSON}. */
  static String name(BenchmarkParams params) {
    String method = params.getBenchmark();
    int type = method.lastIndexOf('.', method.lastIndexOf('.') - 1);
    String values =
        params.getParamsKeys().stream()
            .map(key -> " " + params.getParam(key))
            .collect(Collectors.joining());
    return method.substring(type + 1) + values;
  }
}
