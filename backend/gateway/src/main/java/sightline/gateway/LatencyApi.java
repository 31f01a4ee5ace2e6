package sightline.gateway;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import sightline.protocol.JsonOut;
import sightline.protocol.Order;
import sightline.protocol.ProbeRound;
import sightline.time.RoleClock;

/** {@code /api/v1/health/latency}: what the probe measured. Any virtual thread. */
final class LatencyApi {
  private static final int LIMIT = 1_000;
  private static final int MAX_LIMIT = 10_000;
  private static final long HOUR_MILLIS = 3_600_000;

  /** What a browser has within this is fresh enough. */
  static final long WITHIN_MILLIS = 1_000;

  private static final Set<String> PARAMETERS = Set.of("from", "to", "limit", "cursor");
  private static final int PLACES = 3;

  private final Beside beside;
  private final RoleClock clock;

  LatencyApi(Beside beside, RoleClock clock) {
    this.beside = beside;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/api/v1/health/latency", PARAMETERS, (request, path) -> list(request)));
  }

  private Answer list(Request request) throws BadRequest {
    long to = request.moment("to", clock.millis() + 1);
    long from = request.moment("from", to - HOUR_MILLIS);
    String cursor = request.parameter("cursor");
    int limit = request.number("limit", 1, MAX_LIMIT, LIMIT);
    List<ProbeRound> span = new ArrayList<>(beside.rounds().get());
    span.removeIf(round -> round.time() < from || round.time() >= to);
    span.sort(Comparator.comparingLong(ProbeRound::time));
    List<ProbeRound> rest = span;
    if (cursor != null) {
      Order start = Cursors.order(cursor);
      rest = span.subList(after(span, start), span.size());
    }
    int count = Math.min(limit, rest.size());
    JsonOut json = new JsonOut(16 * 1024);
    json.open('{').name("intervalMs").number(beside.probeInterval().toMillis());
    json.name("withinMs").number(WITHIN_MILLIS);
    summary(json, span);
    json.name("items").open('[');
    rest.subList(0, count).forEach(round -> write(json, round));
    json.close(']').name("next");
    if (count < rest.size()) {
      json.string(Cursors.text(last(rest, span, count - 1)));
    } else {
      json.nothing();
    }
    return Answer.json(json.close('}'));
  }

  /** A round's key: its time, and which it is of those of that time. */
  private static Order last(List<ProbeRound> rest, List<ProbeRound> span, int at) {
    long time = rest.get(at).time();
    int index = span.size() - rest.size() + at;
    int first = index;
    while (first > 0 && span.get(first - 1).time() == time) {
      first--;
    }
    return new Order(time, index - first);
  }

  /** How many rounds of a span a cursor has given. */
  private static int after(List<ProbeRound> span, Order last) {
    int given = 0;
    long ofThatTime = 0;
    while (given < span.size()
        && (span.get(given).time() < last.millis()
            || (span.get(given).time() == last.millis() && ofThatTime++ <= last.seq()))) {
      given++;
    }
    return given;
  }

  private static void summary(JsonOut json, List<ProbeRound> span) {
    long failed = span.stream().filter(round -> round.failed() != null).count();
    long satisfied = span.stream().filter(round -> round.within(WITHIN_MILLIS)).count();
    json.name("measured").number(span.size()).name("failed").number(failed);
    json.name("satisfied");
    json.decimal(span.isEmpty() ? Double.NaN : (double) satisfied / span.size(), 4);
    json.name("hops").open('{');
    hop(json, "broker", span, ProbeRound::broker);
    hop(json, "bridge", span, ProbeRound::bridge);
    hop(json, "gateway", span, ProbeRound::gatewayHop);
    hop(json, "total", span, ProbeRound::total);
    json.close('}');
  }

  private static void hop(
      JsonOut json, String name, List<ProbeRound> span, ToDoubleFunction<ProbeRound> of) {
    double[] millis =
        span.stream().mapToDouble(of).filter(each -> !Double.isNaN(each)).sorted().toArray();
    json.name(name).open('{');
    json.name("p50").decimal(quantile(millis, 0.5), PLACES);
    json.name("p95").decimal(quantile(millis, 0.95), PLACES);
    json.name("max").decimal(quantile(millis, 1), PLACES).close('}');
  }

  /** Of sorted numbers, by the nearest rank; NaN where there are none. */
  static double quantile(double[] sorted, double share) {
    return Arrays.stream(sorted)
        .skip(Math.max(0, (long) Math.ceil(share * sorted.length) - 1))
        .findFirst()
        .orElse(Double.NaN);
  }

  private static void write(JsonOut json, ProbeRound round) {
    json.open('{').name("time").number(round.time()).name("gateway").string(round.gateway());
    if (round.failed() != null) {
      json.name("failed").string(round.failed());
    }
    reached(json, "broker", round.broker());
    reached(json, "bridge", round.bridge());
    reached(json, "gatewayHop", round.gatewayHop());
    reached(json, "total", round.total());
    json.close('}');
  }

  private static void reached(JsonOut json, String name, double millis) {
    if (!Double.isNaN(millis)) {
      json.name(name).decimal(millis, PLACES);
    }
  }
}
