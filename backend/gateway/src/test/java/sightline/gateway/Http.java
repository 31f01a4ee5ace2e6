package sightline.gateway;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Plain HTTP against a port on loopback. Any thread. */
final class Http {
  private Http() {}

  static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(10));
  }

  static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return LiveClient.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  static HttpResponse<String> get(int port, String path) throws Exception {
    return send(request(port, path));
  }

  static HttpResponse<String> get(int port, String path, String header, String value)
      throws Exception {
    return send(request(port, path).header(header, value));
  }

  static HttpResponse<String> post(int port, String path, String json) throws Exception {
    return send(
        request(port, path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }
}
