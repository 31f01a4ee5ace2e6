package sightline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Debian's Prometheus with the shipped files, over a stack. Owned by the test's thread. */
final class Prometheus implements AutoCloseable {
  private final Path dir;
  private final int port = Ports.take(1).next();
  private final Process process;

  /** Runs; targets are those of a stack with two gateways and one bridge. */
  Prometheus(Path root, Path stack) throws IOException {
    dir = Files.createDirectories(stack.resolve("prometheus"));
    Path rules = dir.resolve("sightline-rules.yml");
    Path own = Shipped.read(root.resolve("deploy/prometheus-rules.yml")).to(rules);
    Path config =
        Shipped.read(root.resolve("deploy/prometheus.yml"))
            .with("/etc/prometheus/sightline-rules.yml", own.toString())
            .with("\"127.0.0.1:8091\", \"127.0.0.1:8092\"", '"' + target(stack, "bridge-1") + '"')
            .with("127.0.0.1:8081", target(stack, "gateway-1"))
            .with("127.0.0.1:8083", target(stack, "gateway-2"))
            .with("127.0.0.1:8095", target(stack, "recorder"))
            .with("127.0.0.1:8096", target(stack, "probe"))
            .to(dir.resolve("prometheus.yml"));
    Commands.run(dir, Map.of(), List.of("promtool", "check", "config", config.toString()));
    process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + dir.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("log").toFile())
            .start();
  }

  private static String target(Path stack, String part) {
    return URI.create(StackTest.part(stack, part).get("admin").asText()).getAuthority();
  }

  /** The values of an instant query, one a series; none before it answers. */
  List<Double> query(String expression) {
    String text =
        Scrape.get(
            "http://127.0.0.1:%d/api/v1/query?query=%s"
                .formatted(port, URLEncoder.encode(expression, StandardCharsets.UTF_8)));
    try {
      JsonNode results = new ObjectMapper().readTree(text).path("data").path("result");
      return results.valueStream().map(each -> each.path("value").path(1).asDouble()).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
