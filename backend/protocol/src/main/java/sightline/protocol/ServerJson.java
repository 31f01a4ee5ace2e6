package sightline.protocol;

import java.util.List;

/** Writes a gateway's messages as {@code sightline.v1.json}; stateless. */
public final class ServerJson {
  /** About a metre. */
  private static final int CELL_PLACES = 5;

  private ServerJson() {}

  /** Appends one message. */
  public static void write(JsonOut out, ServerMessage message) {
    out.open('{').name("type");
    switch (message) {
      case ServerMessage.Welcome m ->
          out.string("welcome")
              .name("protocol")
              .number(m.protocol())
              .name("server")
              .string(m.server())
              .name("time")
              .number(m.time());
      case ServerMessage.Snapshot m -> snapshot(out, m);
      case ServerMessage.Update m -> update(out, m);
      case ServerMessage.Pending m -> events(out.string("pending"), m.events());
      case ServerMessage.Events m -> {
        events(out.string("events"), m.events());
        out.name("cursor").string(m.cursor());
      }
      case ServerMessage.Unrecorded m ->
          key(out.string("unrecorded"), m.key()).name("reason").string(m.reason());
      case ServerMessage.Acknowledged m -> acknowledged(out, m);
      case ServerMessage.Gap m ->
          out.string("gap").name("from").string(m.from()).name("to").string(m.to());
      case ServerMessage.Remove m -> {
        out.string("remove").name("devices").open('[');
        m.devices().forEach(out::string);
        out.close(']');
      }
      case ServerMessage.Cells m -> cells(out, m);
      case ServerMessage.Health m -> health(out, m);
      case ServerMessage.Heartbeat m -> out.string("heartbeat").name("time").number(m.time());
      case ServerMessage.Reconnect m ->
          out.string("reconnect")
              .name("afterMs")
              .number(m.afterMs())
              .name("reason")
              .string(m.reason());
      case ServerMessage.Problem m ->
          out.string("error").name("code").string(m.code()).name("detail").string(m.detail());
    }
    out.close('}');
  }

  private static void snapshot(JsonOut out, ServerMessage.Snapshot message) {
    out.string("snapshot").name("devices").open('[');
    for (DeviceView device : message.devices()) {
      DeviceJson.write(out, device, DeviceView.ALL);
    }
    out.close(']').name("more").bool(message.more());
  }

  private static void update(JsonOut out, ServerMessage.Update message) {
    out.string("update").name("n").number(message.n()).name("devices").open('[');
    for (ServerMessage.Change change : message.devices()) {
      DeviceJson.write(out, change.device(), change.fields());
    }
    out.close(']');
  }

  private static void events(JsonOut out, List<DeviceEvent> events) {
    out.name("events").open('[');
    for (DeviceEvent event : events) {
      EventJson.write(out, event, null);
    }
    out.close(']');
  }

  private static void acknowledged(JsonOut out, ServerMessage.Acknowledged message) {
    LogEntry.Acknowledged entry = message.entry();
    key(out.string("acknowledged"), entry.key()).name("by").string(entry.by());
    out.name("time").number(entry.time());
    if (entry.note() != null) {
      out.name("note").string(entry.note());
    }
    out.name("cursor").string(message.cursor());
  }

  private static void cells(JsonOut out, ServerMessage.Cells message) {
    out.string("cells").name("zoom").number(message.zoom()).name("cells").open('[');
    for (ServerMessage.CellCount cell : message.cells()) {
      out.open('{').name("lat").decimal(cell.lat(), CELL_PLACES);
      out.name("lon").decimal(cell.lon(), CELL_PLACES);
      out.name("count").number(cell.count()).name("alarms").number(cell.alarms()).close('}');
    }
    out.close(']');
  }

  private static void health(JsonOut out, ServerMessage.Health message) {
    out.string("health").name("state").string(message.fresh() ? "fresh" : "stale");
    out.name("since").number(message.since());
    if (message.reason() != null) {
      out.name("reason").string(message.reason());
    }
  }

  private static JsonOut key(JsonOut out, EventKey key) {
    return out.name("device").string(key.device()).name("event").string(key.event());
  }
}
