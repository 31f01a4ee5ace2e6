package sightline.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A process of `sightline run ROLE…`, and how it is asked; ended when closed. */
final class RoleProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final Program program;
  private final JsonNode ready;
  private final HttpClient client = HttpClient.newHttpClient();

  RoleProcess(Path folder, Map<String, String> environment, String... roles)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path file = folder.resolve("ready.json");
    List<String> arguments = new ArrayList<>(List.of("run"));
    arguments.addAll(List.of(roles));
    arguments.add("--ready-file=" + file);
    program = new Program(folder, environment, arguments);
    try {
      program.await(file);
    } catch (IllegalStateException e) {
      program.close();
      throw e;
    }
    ready = JSON.readTree(file.toFile());
  }

  Process process() {
    return program.process();
  }

  Program program() {
    return program;
  }

  /** Stops (STOP) or resumes (CONT) it. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process().pid())).start().waitFor();
  }

  /** An answer of its admin port, or null where it gives none. */
  @Nullable HttpResponse<String> admin(String path) throws InterruptedException {
    return ask(ready.get("admin").asInt(), path);
  }

  /** The JSON of an answer of its API. */
  JsonNode api(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = ask(ready.get("http").asInt(), path);
    return answer == null ? JSON.missingNode() : JSON.readTree(answer.body());
  }

  /** Where browsers connect. */
  URI live() {
    return URI.create("ws://127.0.0.1:" + ready.get("http").asInt() + "/live");
  }

  /** How fresh its API says that the picture is. */
  String freshness() throws InterruptedException {
    HttpResponse<String> answer = ask(ready.get("http").asInt(), "/api/v1/devices");
    return answer == null ? "" : answer.headers().firstValue("X-Sightline-Freshness").orElse("");
  }

  private @Nullable HttpResponse<String> ask(int port, String path) throws InterruptedException {
    try {
      URI address = URI.create("http://127.0.0.1:" + port + path);
      HttpRequest request = HttpRequest.newBuilder(address).timeout(ANSWER).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      return null;
    }
  }

  boolean ready() throws InterruptedException {
    HttpResponse<String> answer = admin("/readyz");
    return answer != null && answer.statusCode() == 200;
  }

  /** The value of a metric without labels, or -1 where it is not there. */
  double metric(String name) throws InterruptedException {
    HttpResponse<String> answer = admin("/metrics");
    if (answer == null) {
      return -1;
    }
    return answer
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(-1);
  }

  @Override
  public void close() {
    client.shutdownNow();
    program.close();
  }
}
