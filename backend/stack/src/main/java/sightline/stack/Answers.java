package sightline.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits until something answers. Stateless; blocks its caller. */
final class Answers {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration EACH = Duration.ofSeconds(2);

  private Answers() {}

  /** Until a port of this machine accepts a connection; false where it has not in time. */
  static boolean port(int port, Duration within) {
    return until(
        within,
        () -> {
          try (Socket socket = new Socket()) {
            socket.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                (int) EACH.toMillis());
            return true;
          }
        });
  }

  /** Until an address answers 200; false where it has not in time. */
  static boolean ready(String url, Duration within) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(EACH).build();
      return until(
          within,
          () -> client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
    }
  }

  /** Until an address answers with a text in it; false where it has not in time. */
  static boolean says(String url, String text, Duration within) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(EACH).build();
      return until(
          within,
          () -> client.send(request, HttpResponse.BodyHandlers.ofString()).body().contains(text));
    }
  }

  /** Something that may answer. */
  @FunctionalInterface
  private interface Question {
    boolean ask() throws IOException, InterruptedException;
  }

  private static boolean until(Duration within, Question question) {
    long deadline = System.nanoTime() + within.toNanos();
    while (System.nanoTime() - deadline < 0) {
      try {
        if (question.ask()) {
          return true;
        }
      } catch (IOException e) {
        // Not yet.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return false;
  }
}
