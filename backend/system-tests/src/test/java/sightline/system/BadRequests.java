package sightline.system;

import java.util.List;
import java.util.Random;

/** HTTP requests that are mostly bad, by a seed. Stateless. */
final class BadRequests {
  private static final List<String> PATHS =
      List.of(
          "/api/v1/devices",
          "/api/v1/devices/%s",
          "/api/v1/devices/bystander/track",
          "/api/v1/devices/%s/track",
          "/api/v1/events",
          "/api/v1/health/latency",
          "/api/v1/session",
          "/api/v1/%s",
          "/live",
          "/x%s");
  private static final List<String> NAMES =
      List.of(
          "limit",
          "cursor",
          "from",
          "to",
          "every",
          "format",
          "device",
          "devices",
          "type",
          "severity",
          "state",
          "kind",
          "group",
          "text",
          "%s");
  private static final List<String> VALUES =
      List.of(
          "",
          "0",
          "-1",
          "1e9",
          "NaN",
          "99999999999999999999",
          "-9223372036854775808",
          "2026-01-01",
          "2026-13-45T99:99:99Z",
          "yesterday",
          "PT1S",
          "P99999D",
          "all",
          "a%%2Fb",
          "%%00",
          "%%ff%%fe",
          "%%",
          "%%zz",
          "%%2b",
          "%%23",
          "..%%2f..%%2fetc%%2fpasswd",
          "e1-zzzzzzzzzzzzzzz",
          "e1--1",
          "p1-",
          "p1-zzzzzzzzzzzzzzzzz",
          "'%%20OR%%201=1--",
          "<script>",
          "{}",
          "a,b,,c",
          "x".repeat(5_000));
  private static final List<String> BODIES =
      List.of(
          "",
          "{",
          "[]",
          "7",
          "NaN",
          "{\"note\":7}",
          "{\"note\":\"a\",\"note\":\"b\"}",
          "{\"note\":" + "[".repeat(500) + "]".repeat(500) + "}",
          "{\"note\":\"\\ud800\"}",
          "{\"by\":\"somebody else\"}",
          "\u00ff\u00fe",
          "x".repeat(100_000));
  private static final List<String> METHODS =
      List.of("GET", "GET", "GET", "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "BREW");

  private BadRequests() {}

  /** A request, and what it is for a table. */
  record Asked(String kind, String text) {}

  static Asked next(Random random) {
    if (random.nextInt(5) == 0) {
      return acknowledge(random);
    }
    String path = one(PATHS, random);
    StringBuilder target = new StringBuilder(path.replace("%s", value(random)));
    char before = '?';
    for (int i = random.nextInt(4); i > 0; i--) {
      target.append(before).append(one(NAMES, random).replace("%s", value(random)));
      target.append('=').append(value(random));
      before = '&';
    }
    String method = one(METHODS, random);
    return new Asked(path.replace("%s", "…"), request(method, target, "", ""));
  }

  private static Asked acknowledge(Random random) {
    String path = "/api/v1/devices/" + value(random) + "/events/" + value(random) + "/acknowledge";
    String type = random.nextBoolean() ? "application/json" : "text/plain";
    String origin = random.nextInt(4) == 0 ? "Origin: https://elsewhere.example\r\n" : "";
    String head = "Content-Type: " + type + "\r\n" + origin;
    return new Asked("POST …/acknowledge", request("POST", path, head, one(BODIES, random)));
  }

  private static String request(String method, CharSequence target, String head, String body) {
    return method
        + " "
        + target
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: "
        + body.length()
        + "\r\n"
        + head
        + "\r\n"
        + body;
  }

  private static String value(Random random) {
    return one(VALUES, random).replace("%%", "%");
  }

  private static String one(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
