package sightline.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What machines ask about a process: {@code /healthz}, {@code /readyz}, {@code /metrics}, on a port
 * for loopback alone. A virtual thread a request.
 */
final class AdminServer implements AutoCloseable {
  private static final int BACKLOG = 64;

  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127\\.[0-9.]+|\\[::1])(:[0-9]+)?");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Listens.
   *
   * @param scrape all metrics as Prometheus text
   * @param failure why it can't do its work any more; null where it can
   * @param notReady why it is not ready; empty where it is
   * @throws UncheckedIOException where the port can't be had
   */
  AdminServer(
      String bind,
      int port,
      Supplier<String> scrape,
      Supplier<@Nullable String> failure,
      Supplier<List<String>> notReady) {
    try {
      server = HttpServer.create(new InetSocketAddress(bind, port), BACKLOG);
    } catch (IOException e) {
      threads.close();
      throw new UncheckedIOException("The admin port " + port + " can't be had: " + e, e);
    }
    server.setExecutor(threads);
    serve("/metrics", exchange -> answer(exchange, 200, "text/plain; version=0.0.4", scrape.get()));
    serve(
        "/healthz",
        exchange -> {
          String why = failure.get();
          answer(
              exchange,
              why == null ? 200 : 503,
              "text/plain",
              (why == null ? "alive" : why) + "\n");
        });
    serve(
        "/readyz",
        exchange -> {
          List<String> reasons = notReady.get();
          String text = reasons.isEmpty() ? "ready" : String.join("\n", reasons);
          answer(exchange, reasons.isEmpty() ? 200 : 503, "text/plain", text + "\n");
        });
    serve("/", exchange -> answer(exchange, 404, "text/plain", "not found\n"));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          String refused = refusal(exchange);
          if (refused == null) {
            handler.handle(exchange);
          } else {
            answer(exchange, 403, "text/plain", refused + "\n");
          }
        });
  }

  /** A page that is not of this machine may not ask: neither by a name of its own for it. */
  private static @Nullable String refusal(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return "GET only";
    }
    if (exchange.getRequestHeaders().containsKey("Origin")) {
      return "not for pages";
    }
    String host = exchange.getRequestHeaders().getFirst("Host");
    return host != null && LOOPBACK.matcher(host).matches() ? null : "not by that name";
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
