package sightline.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that nobody should make: refused in a word, counted, and of no concern to others. */
@Tag("slow")
final class BadRestTest {
  private static final long SEED = 20_260_103;
  private static final int REQUESTS = 1_500;
  private static final int GARBAGE = 200;
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final String REJECTED = "sightline_gateway_rejected_total";
  private static final Pattern TRACE =
      Pattern.compile("Exception|\\bat (sightline|java|io\\.netty)\\.|sightline\\.gateway");

  @TempDir private Path folder;
  private Up up;
  private Bystander bystander;

  @BeforeEach
  void start() throws Exception {
    up = new Up(folder, Map.of());
    bystander = new Bystander(up);
  }

  @AfterEach
  void stop() throws Exception {
    bystander.close();
    up.close();
  }

  /** Says it, and gives all that is answered until the end; empty where there is none. */
  private String say(byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), up.httpPort())) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(request);
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException e) {
      return "";
    }
  }

  private String ask(String request) throws IOException {
    return say(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String status(String answer) {
    return answer.startsWith("HTTP/1.1 ") ? answer.substring(9, 12) : "none";
  }

  @Test
  void everyRequestIsAnsweredInAWordAndBadParametersAreCounted() throws Exception {
    Random random = new Random(SEED);
    Tally tally = new Tally("REST requests, seed " + SEED);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      BadRequests.Asked asked = BadRequests.next(random);
      String answer = ask(asked.text());
      String status = status(answer);
      tally.add(asked.kind(), status);
      if (!status.matches("[24]..") || TRACE.matcher(answer).find()) {
        wrong.add(asked.text() + "\n -> " + answer);
      }
    }
    Map<String, Integer> counted = Tally.difference(Map.of(), up.samples(REJECTED));
    tally.print(counted);
    assertEquals(List.of(), wrong);
    assertTrue(tally.of("400") > REQUESTS / 8, "many are bad");
    int all = counted.values().stream().mapToInt(Integer::intValue).sum();
    assertTrue(all >= tally.of("400"), all + " counted of " + tally.of("400"));
    bystander.wasUndisturbed();
    bystander.fallSilent();
    up.stopsCleanly();
  }

  @Test
  void garbageOnTheHttpPortEndsItsOwnConnectionAlone() throws Exception {
    Random random = new Random(SEED);
    Tally tally = new Tally("HTTP garbage, seed " + SEED);
    for (int i = 0; i < GARBAGE; i++) {
      byte[] bytes = new byte[1 + random.nextInt(3_000)];
      random.nextBytes(bytes);
      bytes[bytes.length - 1] = '\n';
      String answer = say(bytes);
      tally.add("random bytes", status(answer));
      assertTrue(!TRACE.matcher(answer).find(), answer);
    }
    String big = "x".repeat(100_000);
    String get = "GET / HTTP/1.1";
    String host = "Host: 127.0.0.1";
    String chunked = "Transfer-Encoding: chunked";
    String post = "POST /api/v1/devices/a/events/b/acknowledge HTTP/1.1";
    for (List<String> lines :
        List.of(
            List.of("GET / HTTP/9.9"),
            List.of("GET"),
            List.of(get),
            List.of(get, "Host: elsewhere.example"),
            List.of(get, host, "Host: b"),
            List.of(get, host, "Content-Length: -1"),
            List.of(get, host, "X: " + big),
            List.of("GET /" + big + " HTTP/1.1", host),
            List.of(post, host, chunked, "", "ZZ"),
            List.of(get, host, chunked, "Content-Length: 5", "", "0"))) {
      String bad = String.join("\r\n", lines) + "\r\n\r\n";
      String answer = ask(bad);
      tally.add("broken requests", status(answer));
      assertTrue(!status(answer).startsWith("5"), lines.getFirst() + " -> " + answer);
      assertTrue(!TRACE.matcher(answer).find(), answer);
    }
    tally.print(Tally.difference(Map.of(), up.samples(REJECTED)));
    bystander.wasUndisturbed();
    bystander.fallSilent();
    up.stopsCleanly();
  }
}
