package sightline.protocol;

import org.jspecify.annotations.Nullable;

/** Writes an event as JSON, the same on every wire; stateless. */
public final class EventJson {
  private static final int DEGREE_PLACES = 7;

  private EventJson() {}

  /**
   * One object; what is absent is left out.
   *
   * @param acknowledged who acknowledged it, or null where nobody did or it is told apart
   */
  public static void write(
      JsonOut out, DeviceEvent event, LogEntry.@Nullable Acknowledged acknowledged) {
    out.open('{').name("id").string(event.id()).name("device").string(event.device());
    out.name("timestamp").number(event.timestamp()).name("received").number(event.received());
    out.name("type").string(event.type());
    if (event.severity() != null) {
      out.name("severity").string(event.severity());
    }
    if (event.message() != null) {
      out.name("message").string(event.message());
    }
    if (!Double.isNaN(event.lat())) {
      out.name("lat").decimal(event.lat(), DEGREE_PLACES);
      out.name("lon").decimal(event.lon(), DEGREE_PLACES);
    }
    if (event.data() != null) {
      out.name("data").raw(event.data());
    }
    if (acknowledged != null) {
      out.name("acknowledged").open('{').name("by").string(acknowledged.by());
      out.name("time").number(acknowledged.time());
      if (acknowledged.note() != null) {
        out.name("note").string(acknowledged.note());
      }
      out.close('}');
    }
    out.close('}');
  }
}
