package sightline.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ServerJsonTest {
  private static final double NONE = Double.NaN;
  private static final DeviceView FIRST =
      new DeviceView(
          "dev-1",
          1767225600123L,
          1767225600140L,
          "Unit 12",
          "vehicle",
          List.of("north"),
          DeviceState.MOVING,
          false,
          false,
          47.1410001,
          9.5208,
          90.5,
          13.9,
          5,
          460.5,
          81,
          64);
  private static final DeviceView SECOND =
      new DeviceView(
          "dev-2",
          1767225600000L,
          1767225600010L,
          null,
          null,
          List.of(),
          DeviceState.OFFLINE,
          true,
          true,
          NONE,
          NONE,
          NONE,
          NONE,
          NONE,
          NONE,
          null,
          null);

  private static DeviceView moved() {
    return new DeviceView(
        "dev-1",
        1767225600623L,
        1767225600640L,
        null,
        null,
        List.of(),
        DeviceState.MOVING,
        false,
        false,
        -47.1410002,
        -9.52,
        NONE,
        0,
        NONE,
        NONE,
        null,
        null);
  }

  private static DeviceView state(String id, DeviceState state, int signal) {
    return new DeviceView(
        id,
        1767225600000L,
        0,
        null,
        null,
        List.of(),
        state,
        false,
        false,
        NONE,
        NONE,
        NONE,
        NONE,
        NONE,
        NONE,
        null,
        signal);
  }

  private static DeviceEvent event(String message, double lat, double lon, String data) {
    return new DeviceEvent(
        "dev-1",
        "8f3c",
        1767225600123L,
        1767225600140L,
        "alert",
        "critical",
        message,
        lat,
        lon,
        data.isEmpty() ? null : data);
  }

  static Map<String, ServerMessage> messages() {
    EventKey key = new EventKey("dev-1", "8f3c");
    DeviceEvent bare =
        new DeviceEvent(
            "dev-2", "h-00", 0, 1767225600141L, "trigger", null, null, NONE, NONE, null);
    DeviceEvent odd = event("Panic \"button\" \u0007 – 😀", NONE, NONE, "");
    DeviceEvent placed = event("Panic button", 47.141, 9.5208, "{\"floor\":3,\"ward\":\"Süd\"}");
    Map<String, ServerMessage> all = new HashMap<>();
    all.put("welcome", new ServerMessage.Welcome(1, "gateway-1", 1767225600123L));
    all.put("snapshot", new ServerMessage.Snapshot(List.of(FIRST, SECOND), false));
    all.put(
        "update",
        new ServerMessage.Update(
            413,
            List.of(
                new ServerMessage.Change(moved(), DeviceView.POSITION),
                new ServerMessage.Change(state("dev-2", DeviceState.STALE, 0), DeviceView.STATE),
                new ServerMessage.Change(
                    state("dev-3", DeviceState.STOPPED, 7),
                    DeviceView.BATTERY | DeviceView.SIGNAL))));
    all.put("pending", new ServerMessage.Pending(List.of(placed)));
    all.put("events", new ServerMessage.Events(List.of(odd, bare), "e1-2s"));
    all.put("unrecorded", new ServerMessage.Unrecorded(key, "store"));
    all.put(
        "acknowledged",
        new ServerMessage.Acknowledged(
            new LogEntry.Acknowledged(101, key, "local", 1767225600999L, "Called back"), "e1-2t"));
    all.put("gap", new ServerMessage.Gap("e1-1", "e1-8hw"));
    all.put("remove", new ServerMessage.Remove(List.of("dev-9")));
    all.put(
        "cells",
        new ServerMessage.Cells(
            6,
            List.of(
                new ServerMessage.CellCount(47.1412345, 9.52, 41, 1),
                new ServerMessage.CellCount(-12, -77.5, 7, 0))));
    all.put("health-stale", new ServerMessage.Health(false, 1767225600123L, "broker"));
    all.put("health-gateway", new ServerMessage.Health(false, 1767225600123L, "gateway"));
    all.put("health-fresh", new ServerMessage.Health(true, 1767225600123L, null));
    all.put("heartbeat", new ServerMessage.Heartbeat(1767225600123L));
    all.put("reconnect", new ServerMessage.Reconnect(2310, "shutdown"));
    all.put("error", new ServerMessage.Problem("bad-message", "missing-field: type is required"));
    return all;
  }

  @Test
  void everyMessageIsWrittenAsItsGoldenSample() {
    messages()
        .forEach(
            (name, message) -> {
              JsonOut out = new JsonOut(4);
              ServerJson.write(out, message);
              assertEquals(Samples.text("server/" + name + ".json"), out.text(), name);
            });
  }

  @Test
  void everySampleAndEveryKindOfMessageIsTested() throws IOException {
    Set<String> files =
        Samples.in("server", "").stream()
            .map(f -> f.getFileName().toString().replace(".json", ""))
            .collect(Collectors.toSet());
    assertEquals(files, messages().keySet());
    Set<Class<?>> kinds =
        messages().values().stream().map(Object::getClass).collect(Collectors.toSet());
    assertEquals(Set.of(ServerMessage.class.getPermittedSubclasses()), kinds);
  }

  @Test
  void numbersAndTextsKeepTheirValue() {
    JsonOut out = new JsonOut(1);
    out.open('[');
    for (long n : new long[] {0, 9, 10, -1, 99, 100, Long.MAX_VALUE, Long.MIN_VALUE}) {
      out.number(n);
    }
    out.decimal(-0.00000001, 7).decimal(179.9999999, 7).decimal(0.05, 2).decimal(-12.5, 1);
    out.string("\ud800\u0000\n").close(']');
    assertEquals(
        "[0,9,10,-1,99,100,9223372036854775807,-9223372036854775808,"
            + "0,179.9999999,0.05,-12.5,\"\ufffd\\u0000\\n\"]",
        out.text());
  }
}
