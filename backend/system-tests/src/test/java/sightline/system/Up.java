package sightline.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sightline.drill.Endpoints;
import sightline.drill.Program;
import sightline.drill.UpProcess;

/** A whole Sightline of a test, and how it is asked. Owned by the test. */
final class Up implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final UpProcess process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<LiveSocket> sockets = new ArrayList<>();
  private Endpoints endpoints;

  /** Starts one in a folder of the test's. */
  Up(Path folder, Map<String, String> variables) throws IOException, InterruptedException {
    process = new UpProcess(Program.SIGHTLINE, folder, variables);
    try {
      endpoints = process.start();
    } catch (IOException | InterruptedException e) {
      process.close();
      throw e;
    }
  }

  UpProcess process() {
    return process;
  }

  int mqttPort() {
    return endpoints.mqtt().getPort();
  }

  int httpPort() {
    return endpoints.http().getPort();
  }

  /** Starts it again, on the same ports. */
  void startAgain() throws IOException, InterruptedException {
    endpoints = process.start();
  }

  HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoints.http().resolve(path)).timeout(ANSWER).build();
    return client.send(request, BodyHandlers.ofString());
  }

  /** The JSON of an answer, whatever its status. */
  JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(ask(path).body());
  }

  JsonNode post(String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoints.http().resolve(path))
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
  }

  /** A unit's state, or what the API says instead. */
  String state(String device) throws IOException, InterruptedException {
    JsonNode answer = get("/api/v1/devices/" + device);
    return answer.path("state").asText(answer.toString());
  }

  /** The samples of one metric: its labels as they are printed, and its value. */
  Map<String, Double> samples(String name) throws IOException, InterruptedException {
    Map<String, Double> samples = new TreeMap<>();
    for (String line : ask("/metrics").body().lines().toList()) {
      int space = line.lastIndexOf(' ');
      if (line.startsWith(name + "{") || line.startsWith(name + " ")) {
        samples.put(line.substring(name.length(), space), Double.valueOf(line.substring(space)));
      }
    }
    return samples;
  }

  /** A WebSocket that has sent a subscription; closed with this. */
  LiveSocket live(String subscription) throws Exception {
    LiveSocket socket = new LiveSocket(client, endpoints.live(), subscription);
    sockets.add(socket);
    return socket;
  }

  /** Ends it as an operator does: exit code 0, and no exception in its log. */
  void stopsCleanly() throws IOException, InterruptedException {
    assertEquals(0, process.stop());
    List<String> traces =
        Files.readAllLines(process.log().toPath()).stream()
            .filter(line -> line.contains("Exception"))
            .toList();
    assertEquals(List.of(), traces);
  }

  @Override
  public void close() {
    sockets.forEach(LiveSocket::close);
    client.shutdownNow();
    process.close();
  }
}
