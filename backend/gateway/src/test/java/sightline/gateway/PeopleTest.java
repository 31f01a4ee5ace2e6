package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P48: with people in the settings, one signs in with a token, and acts under one's own name. */
final class PeopleTest {
  static final AccessSettings ACCESS =
      new AccessSettings(
          List.of(
              new PersonSettings("anna", "anna-token-0123456", List.of("north")),
              new PersonSettings("otto", "otto-token-0123456", List.of("south")),
              new PersonSettings("nora", "nora-token-0123456", List.of()),
              new PersonSettings("chief", "chief-token-012345", List.of("*"))),
          Map.of("north", List.of("n-*", "both"), "south", List.of("s-*", "both")));

  @TempDir Path directory;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(directory, Rig.SETTINGS, ACCESS);
    rig.publish(Rig.device("n-1", 47, 9, 1), Rig.device("s-1", 46, 9, 1));
    rig.start();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private HttpResponse<String> send(String method, String path, String cookie, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rig.port() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    return LiveClient.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Signs in; gives the cookie. */
  static String signIn(int port, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/session"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"token\":\"" + token + "\"}"))
            .build();
    HttpResponse<String> answer =
        LiveClient.HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(cookie.contains("; HttpOnly; SameSite=Strict"), cookie);
    return cookie.split(";", 2)[0];
  }

  @Test
  void p48WhoHasNotSignedInGetsNothing() throws Exception {
    for (String path :
        List.of("/api/v1/devices", "/api/v1/devices/n-1", "/api/v1/events", "/api/v1/nothing")) {
      assertEquals(401, send("GET", path, "", "").statusCode(), path);
      assertEquals(401, send("GET", path, People.COOKIE + "=made-up", "").statusCode(), path);
    }
    assertEquals("{\"user\":null,\"signIn\":true}", send("GET", "/api/v1/session", "", "").body());
    try (LiveClient client = rig.live()) {
      assertEquals(4401, client.awaitClose());
      assertTrue(client.seen.isEmpty());
    }
    assertEquals(200, send("GET", "/healthz", "", "").statusCode());
  }

  @Test
  void p48AWrongTokenIsRefused() throws Exception {
    for (String body : List.of("{\"token\":\"wrong\"}", "{\"token\":null}", "{}", "")) {
      assertEquals(401, send("POST", "/api/v1/session", "", body).statusCode(), body);
    }
    assertEquals(400, send("POST", "/api/v1/session", "", "{\"user\":\"a\"}").statusCode());
  }

  @Test
  void p48AnAcknowledgementBearsTheNameOfWhoSignedIn() throws Exception {
    String anna = signIn(rig.port(), "anna-token-0123456");
    assertTrue(send("GET", "/api/v1/session", anna, "").body().contains("\"anna\""));
    rig.record(Rig.event("n-1", "e-1", "critical"), Rig.event("s-1", "e-2", "critical"));
    HttpResponse<String> done =
        send("POST", "/api/v1/devices/n-1/events/e-1/acknowledge", anna, "{\"note\":\"x\"}");
    JsonNode entry = LiveClient.JSON.readTree(done.body());
    assertEquals("anna", entry.path("by").asText(), done.body());
    assertEquals(
        404, send("POST", "/api/v1/devices/s-1/events/e-2/acknowledge", anna, "").statusCode());
  }

  @Test
  void p48SigningOutEndsTheSessionAndItsConnections() throws Exception {
    String chief = signIn(rig.port(), "chief-token-012345");
    try (LiveClient client = LiveClient.with(rig.port(), "/live?devices=all", chief)) {
      assertEquals(2, client.await("snapshot").path("devices").size());
      assertEquals(204, send("DELETE", "/api/v1/session", chief, "").statusCode());
      assertEquals(4401, client.awaitClose());
    }
    assertEquals(401, send("GET", "/api/v1/devices", chief, "").statusCode());
  }

  @Test
  void p48SigningOutEndsWhatWasLookedBackAt() throws Exception {
    String chief = signIn(rig.port(), "chief-token-012345");
    String path = "/replay?from=" + (System.currentTimeMillis() - 60_000);
    try (LiveClient client = LiveClient.with(rig.port(), path, chief)) {
      client.await("snapshot");
      assertEquals(204, send("DELETE", "/api/v1/session", chief, "").statusCode());
      assertEquals(4401, client.awaitClose());
    }
  }

  @Test
  void aTokenIsNeverShown() {
    assertFalse(ACCESS.toString().contains("token-0"), ACCESS.toString());
  }
}
