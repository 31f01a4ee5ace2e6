package sightline.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * What machines ask about a process: {@code /healthz}, {@code /readyz}, {@code /metrics}, on a port
 * for loopback alone. A virtual thread a request.
 */
final class AdminServer implements AutoCloseable {
  private static final int BACKLOG = 64;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Listens.
   *
   * @param scrape all metrics as Prometheus text
   * @param notReady why it is not ready; empty where it is
   * @throws UncheckedIOException where the port can't be had
   */
  AdminServer(String bind, int port, Supplier<String> scrape, Supplier<List<String>> notReady) {
    try {
      server = HttpServer.create(new InetSocketAddress(bind, port), BACKLOG);
    } catch (IOException e) {
      threads.close();
      throw new UncheckedIOException("The admin port " + port + " can't be had: " + e, e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/metrics", exchange -> answer(exchange, 200, "text/plain; version=0.0.4", scrape.get()));
    server.createContext("/healthz", exchange -> answer(exchange, 200, "text/plain", "alive\n"));
    server.createContext(
        "/readyz",
        exchange -> {
          List<String> reasons = notReady.get();
          String text = reasons.isEmpty() ? "ready" : String.join("\n", reasons);
          answer(exchange, reasons.isEmpty() ? 200 : 503, "text/plain", text + "\n");
        });
    server.createContext("/", exchange -> answer(exchange, 404, "text/plain", "not found\n"));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
