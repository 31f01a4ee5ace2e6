package sightline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a role's admin port tells, and whom (P35). */
final class AdminServerTest {
  private final AtomicReference<String> failure = new AtomicReference<>();
  private final AdminServer server =
      new AdminServer("127.0.0.1", 0, () -> "a_metric 1\n", failure::get, List::of);

  @AfterEach
  void stop() {
    server.close();
  }

  private String ask(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String request = head + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.split(" ", 3)[1]);
  }

  @Test
  void aRoleThatCanNotDoItsWorkIsNotAlive() throws Exception {
    assertEquals(200, status(ask("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1")));
    failure.set("the thread hub has died by a defect");
    String answer = ask("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1");
    assertEquals(503, status(answer));
    assertTrue(answer.contains("the thread hub has died by a defect"), answer);
  }

  @Test
  void aPageIsToldNothingByWhateverNameItCallsThisMachine() throws Exception {
    for (String head :
        List.of(
            "GET /metrics HTTP/1.1\r\nHost: rebound.example.org:8081",
            "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: https://example.org",
            "GET /metrics HTTP/1.0",
            "POST /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0")) {
      String answer = ask(head);
      assertEquals(403, status(answer), head);
      assertTrue(!answer.contains("a_metric"), head);
    }
    for (String host : List.of("127.0.0.1:8081", "localhost:8081", "localhost", "[::1]:8081")) {
      assertEquals(200, status(ask("GET /metrics HTTP/1.1\r\nHost: " + host)), host);
    }
  }
}
