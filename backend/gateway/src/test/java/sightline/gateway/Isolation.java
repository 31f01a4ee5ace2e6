package sightline.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import sightline.bus.DeviceRecord;
import sightline.protocol.DeviceEvent;
import sightline.protocol.Position;
import sightline.protocol.ServerMessage;

/**
 * Tries every path to every device as every person, and notes what came of a device that they may
 * not see. It says so by the ids alone, and knows what is permitted from the ids' first letters: it
 * does not ask the gateway. Owned by the test.
 */
final class Isolation {
  /** Who may see what, by the letter that an id begins with; b is in both groups, x in none. */
  static final Map<String, String> SEES =
      new TreeMap<>(Map.of("anna", "nb", "otto", "sb", "nora", "", "chief", "nsbx"));

  private static final int EACH = 15;
  private static final int ROUNDS = 4;
  private static final String WORLD =
      "{\"type\":\"subscribe\",\"view\":{\"bbox\":[-180,-90,180,90],\"zoom\":2},\"pins\":[%s],\"events\":{\"since\":null}}";

  private final Rig rig;
  private final AccessSettings access;
  final List<String> devices = new ArrayList<>();
  final Set<String> paths = new TreeSet<>();
  final Map<String, List<String>> leaks = new TreeMap<>();
  final Set<String> unseen = new TreeSet<>();
  int attempts;
  private int round;

  Isolation(Rig rig, AccessSettings access) {
    this.rig = rig;
    this.access = access;
    for (String letter : List.of("n", "s", "b", "x")) {
      for (int i = 0; i < EACH; i++) {
        devices.add("%s-%03d".formatted(letter, i));
      }
    }
  }

  void run() throws Exception {
    move(0);
    events(0);
    positions();
    for (String person : SEES.keySet()) {
      String cookie = PeopleTest.signIn(rig.port(), token(person));
      byHttp(person, cookie);
      bySocket(person, cookie);
      byCount(person);
    }
  }

  private String token(String person) {
    return access.people().stream()
        .filter(one -> one.name().equals(person))
        .findFirst()
        .orElseThrow()
        .token();
  }

  private static boolean may(String person, String device) {
    return SEES.getOrDefault(person, "").indexOf(device.charAt(0)) >= 0;
  }

  /** Notes what an answer says of each device. */
  private void judge(String person, String path, String said, boolean all) {
    paths.add(path);
    for (String device : devices) {
      attempts++;
      boolean told = said.contains("\"" + device + "\"") || said.contains(device + ",");
      if (told && !may(person, device)) {
        leaks.computeIfAbsent(path, key -> new ArrayList<>()).add(person + " saw " + device);
      } else if (!told && all && may(person, device)) {
        unseen.add(person + " did not see " + device + " by " + path);
      }
    }
  }

  /** Notes what one device's own path answers; 404 says that there is none. */
  private void judge(
      String person, String path, String device, HttpResponse<String> answer, boolean hasIt) {
    paths.add(path);
    attempts++;
    if (!may(person, device) && hasIt) {
      leaks.computeIfAbsent(path, key -> new ArrayList<>()).add(person + " reached " + device);
    } else if (may(person, device) && !hasIt) {
      unseen.add(person + " did not reach " + device + " by " + path + ": " + answer.body());
    }
  }

  private void byHttp(String person, String cookie) throws Exception {
    judge(person, "devices", get(cookie, "/api/v1/devices").body(), true);
    judge(person, "devices by page", get(cookie, "/api/v1/devices?limit=7").body(), false);
    for (String group : List.of("north", "south")) {
      String body = get(cookie, "/api/v1/devices?group=" + group).body();
      judge(person, "devices by group", body, false);
    }
    judge(person, "events", get(cookie, "/api/v1/events?limit=1000").body(), true);
    String walk = "/api/v1/events?limit=1000&cursor=" + Cursors.text(0);
    judge(person, "log", get(cookie, walk).body(), true);
    for (String device : devices) {
      HttpResponse<String> one = get(cookie, "/api/v1/devices/" + device);
      judge(person, "device", device, one, one.statusCode() == 200);
      HttpResponse<String> text = get(cookie, "/api/v1/devices?text=" + device);
      judge(person, "devices by text", device, text, text.body().contains(device));
      HttpResponse<String> events = get(cookie, "/api/v1/events?device=" + device);
      judge(person, "events of one", device, events, events.body().contains("\"alert\""));
      for (String format : List.of("json", "geojson", "gpx", "csv")) {
        HttpResponse<String> track =
            get(cookie, "/api/v1/devices/" + device + "/track?format=" + format);
        judge(person, "track as " + format, device, track, track.statusCode() == 200);
      }
      HttpResponse<String> done =
          send(cookie, "POST", "/api/v1/devices/" + device + "/events/e-0/acknowledge");
      judge(person, "acknowledge", device, done, done.statusCode() == 200);
    }
  }

  private void bySocket(String person, String cookie) throws Exception {
    String ids = "\"" + String.join("\",\"", devices) + "\"";
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("all", "{\"type\":\"subscribe\",\"devices\":\"all\",\"events\":{\"since\":null}}");
    asked.put(
        "rooms", "{\"type\":\"subscribe\",\"devices\":[" + ids + "],\"events\":{\"since\":null}}");
    asked.put("view", WORLD.formatted(""));
    asked.put("pins", WORLD.formatted(ids));
    asked.put(
        "resume", "{\"type\":\"subscribe\",\"devices\":\"all\",\"events\":{\"since\":\"e1-0\"}}");
    Map<String, LiveClient> clients = new LinkedHashMap<>();
    try {
      for (Wire wire : Wire.values()) {
        for (Map.Entry<String, String> each : asked.entrySet()) {
          LiveClient client = LiveClient.with(rig.port(), "/live", cookie, wire.subprotocol());
          clients.put(each.getKey() + " " + wire, client);
          client.send(each.getValue());
          client.await("health");
        }
      }
      clients.put(
          "query",
          LiveClient.with(rig.port(), "/live?devices=" + String.join(",", devices), cookie));
      long now = System.currentTimeMillis();
      for (Map.Entry<String, Integer> ago :
          Map.of("replay", 60_000, "replay now", 1_500).entrySet()) {
        String query = "/replay?speed=60&from=" + (now - ago.getValue());
        clients.put(ago.getKey(), LiveClient.with(rig.port(), query, cookie));
      }
      for (LiveClient client : clients.values()) {
        client.await("snapshot");
      }
      for (int more = 0; more < ROUNDS; more++) {
        round++;
        move(round);
        events(round);
      }
      for (Map.Entry<String, LiveClient> each : clients.entrySet()) {
        whatCame(person, each.getKey(), each.getValue());
      }
    } finally {
      clients.values().forEach(LiveClient::close);
    }
  }

  private void whatCame(String person, String path, LiveClient client) throws Exception {
    boolean replay = path.startsWith("replay");
    if (replay) {
      client.await("replay", message -> message.path("ended").asBoolean());
    } else if (!may(person, "n-000") && !may(person, "s-000")) {
      client.drain(500);
    } else {
      client.await("events", message -> message.toString().contains("\"e-" + round + "\""));
    }
    Map<String, StringBuilder> byType = new TreeMap<>();
    for (JsonNode message : client.seen) {
      byType
          .computeIfAbsent(message.path("type").asText(), type -> new StringBuilder())
          .append(message);
    }
    for (String type : List.of("snapshot", "update", "events", "pending", "remove")) {
      String said = byType.getOrDefault(type, new StringBuilder()).toString();
      boolean all = !replay && (type.equals("snapshot") || type.equals("update"));
      judge(person, path + ": " + type, said, all);
    }
  }

  /** What the counts of the whole world say to someone. */
  private void byCount(String person) {
    PersonSettings settings =
        access.people().stream().filter(one -> one.name().equals(person)).findFirst().orElseThrow();
    Crowd crowd = new Crowd(People.permission(settings), new Area(0, 0, 0, 1, 1), 1);
    int counted =
        rig.gateway.hub().ask(hub -> crowd.count(hub.fleet())).join().cells().stream()
            .mapToInt(ServerMessage.CellCount::count)
            .sum();
    paths.add("counts");
    attempts++;
    if (counted > devices.stream().filter(device -> may(person, device)).count()) {
      leaks.computeIfAbsent("counts", key -> new ArrayList<>()).add(person + ": " + counted);
    }
  }

  private void move(int number) {
    DeviceRecord[] moved = new DeviceRecord[devices.size()];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = Rig.device(devices.get(i), 47 + i * 0.01 + number * 0.001, 9, 1 + number);
    }
    rig.publish(moved);
  }

  private void events(int number) {
    DeviceEvent[] all = new DeviceEvent[devices.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = Rig.event(devices.get(i), "e-" + number, "critical");
    }
    rig.record(all);
  }

  private void positions() {
    List<Position> positions = new ArrayList<>();
    for (String device : devices) {
      var position = Rig.device(device, 47, 9, 1).position();
      if (position != null) {
        positions.add(position);
      }
    }
    rig.positions.store(positions, "1");
  }

  private HttpResponse<String> get(String cookie, String path) throws Exception {
    return send(cookie, "GET", path);
  }

  private HttpResponse<String> send(String cookie, String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rig.port() + path))
            .header("Cookie", cookie)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return LiveClient.HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
