package sightline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What roles tell at {@code /metrics}, as of one moment. Immutable.
 *
 * @param lines of all roles, comments too
 */
record Scrape(List<String> lines) {
  /** Of every role of a stack that answers. */
  static Scrape of(Path dir) {
    return new Scrape(
        StackTest.parts(dir).stream()
            .filter(part -> part.has("admin"))
            .flatMap(part -> text(part).lines())
            .toList());
  }

  /** Of one of them; empty where it does not answer. */
  static String text(JsonNode part) {
    return get(part.get("admin").asText() + "/metrics");
  }

  static String get(String url) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build();
      return client.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The sum over all roles; 0 for none.
   *
   * @param labels as they stand there, such as {@code reason="lost"}
   */
  double sum(String metric, String... labels) {
    return lines.stream()
        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
        .filter(line -> List.of(labels).stream().allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Whether any role has it. */
  boolean has(String metric) {
    return lines.stream()
        .anyMatch(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "));
  }

  @Override
  public String toString() {
    return lines.stream()
        .filter(line -> line.startsWith("sightline_"))
        .collect(Collectors.joining("\n"));
  }
}
