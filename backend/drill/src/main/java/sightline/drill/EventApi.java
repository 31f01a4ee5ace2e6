package sightline.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code GET /api/v1/events}, page by page. For any thread. */
final class EventApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int LIMIT = 1_000;

  private final HttpClient client;
  private final URI http;

  EventApi(HttpClient client, URI http) {
    this.client = client;
    this.http = http;
  }

  /** An event's key, from the JSON of the API or of {@code /live}. */
  static EventId id(JsonNode event) {
    return new EventId(event.path("device").asText(), event.path("id").asText());
  }

  /** All events of devices whose ids begin so, oldest first. */
  List<EventId> all(String prefix) throws IOException, InterruptedException {
    List<EventId> newestFirst = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = page(next);
      page.path("items").forEach(event -> newestFirst.add(id(event)));
      next = page.path("next").asText("");
    } while (!next.isEmpty());
    newestFirst.removeIf(id -> !id.isOf(prefix));
    return newestFirst.reversed();
  }

  /**
   * The events after one {@code /live} cursor up to another, oldest first.
   *
   * @throws UncheckedIOException where the API does not answer
   */
  List<EventId> between(String from, String to) {
    List<EventId> events = new ArrayList<>();
    String next = from;
    try {
      while (!next.isEmpty() && !next.equals(to)) {
        JsonNode page = page(next);
        page.path("items").forEach(entry -> addEvent(events, entry));
        next = page.path("next").asText("");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return events;
  }

  private static void addEvent(List<EventId> events, JsonNode entry) {
    if (!entry.has("event")) {
      events.add(id(entry));
    }
  }

  private JsonNode page(String cursor) throws IOException, InterruptedException {
    String query = "/api/v1/events?limit=" + LIMIT;
    if (!cursor.isEmpty()) {
      query += "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    }
    HttpRequest request = HttpRequest.newBuilder(http.resolve(query)).timeout(ANSWER).build();
    var answer = client.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException("GET " + query + " was answered " + answer.statusCode());
    }
    return JSON.readTree(answer.body());
  }
}
