package sightline.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

/** What machines ask about this one: alive, ready, metrics, and how the API looks. Any thread. */
final class StateApi {
  private final Supplier<List<String>> notReady;
  private final Supplier<Boolean> alive;
  private final Supplier<String> scrape;
  private final byte[] openApi;

  /**
   * Reads the API's document.
   *
   * @param notReady why it is not ready; empty where it is
   * @param scrape all metrics as Prometheus text
   */
  StateApi(Supplier<Boolean> alive, Supplier<List<String>> notReady, Supplier<String> scrape) {
    this.alive = alive;
    this.notReady = notReady;
    this.scrape = scrape;
    try (InputStream in = StateApi.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("openapi.json is missing from the program");
      }
      openApi = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/healthz", (request, path) -> health()),
        new Route("GET", "/readyz", (request, path) -> ready()),
        new Route("GET", "/metrics", (request, path) -> metrics()),
        new Route("GET", "/openapi.json", (request, path) -> document()),
        new Route("GET", "/api/v1/openapi.json", (request, path) -> document()));
  }

  private Answer health() {
    return alive.get()
        ? plain(HttpResponseStatus.OK, "alive")
        : plain(HttpResponseStatus.INTERNAL_SERVER_ERROR, "the hub has failed");
  }

  private Answer ready() {
    List<String> reasons = notReady.get();
    return reasons.isEmpty()
        ? plain(HttpResponseStatus.OK, "ready")
        : plain(HttpResponseStatus.SERVICE_UNAVAILABLE, String.join("\n", reasons));
  }

  private Answer metrics() {
    return Answer.text(
        HttpResponseStatus.OK, "text/plain; version=0.0.4; charset=utf-8", scrape.get());
  }

  private Answer document() {
    return Answer.bytes(HttpResponseStatus.OK, "application/json", openApi);
  }

  private static Answer plain(HttpResponseStatus status, String text) {
    return Answer.text(status, "text/plain; charset=utf-8", text + "\n")
        .with("Cache-Control", "no-store");
  }
}
