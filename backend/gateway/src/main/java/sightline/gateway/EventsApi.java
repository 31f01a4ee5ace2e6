package sightline.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.bus.BusUnavailable;
import sightline.bus.HotState.PendingEvent;
import sightline.bus.LiveBus;
import sightline.history.EventLog;
import sightline.history.EventQuery;
import sightline.protocol.EventJson;
import sightline.protocol.EventKey;
import sightline.protocol.JsonOut;
import sightline.protocol.Limits;
import sightline.protocol.LogEntry;
import sightline.time.RoleClock;

/** {@code /api/v1/events} and the acknowledgement of one. Any virtual thread. */
final class EventsApi {
  private static final Logger LOG = LoggerFactory.getLogger(EventsApi.class);
  private static final int LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;
  private static final String PAGE = "p1-";
  private static final int RADIX = 36;

  private final EventLog log;
  private final LiveBus bus;
  private final HubAsker hub;
  private final RoleClock clock;
  private final DeviceGroups groups;

  EventsApi(EventLog log, LiveBus bus, HubAsker hub, RoleClock clock, DeviceGroups groups) {
    this.log = log;
    this.bus = bus;
    this.hub = hub;
    this.clock = clock;
    this.groups = groups;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/api/v1/events", (request, path) -> list(request)),
        new Route("POST", "/api/v1/devices/{id}/events/{event}/acknowledge", this::acknowledge));
  }

  private Answer list(Request request) throws BadRequest {
    String cursor = request.parameter("cursor");
    int limit = request.number("limit", 1, MAX_LIMIT, LIMIT);
    EventQuery query =
        new EventQuery(
            false,
            request.moment("from", Long.MIN_VALUE),
            request.moment("to", Long.MAX_VALUE),
            request.parameter("device"),
            request.parameter("type"),
            request.parameter("severity"),
            cursor != null && cursor.startsWith(PAGE) ? page(cursor) : Long.MAX_VALUE,
            limit + 1);
    Permission permission = request.who().permission();
    return cursor == null || cursor.startsWith(PAGE)
        ? newest(query, limit, permission)
        : walk(query, Cursors.seq(cursor), limit, permission);
  }

  private boolean told(String device, Permission permission) {
    return !Limits.isReserved(device) && permission.sees(groups.of(device));
  }

  private Answer newest(EventQuery query, int limit, Permission permission) {
    List<EventLog.Stored> found = log.query(query);
    int count = Math.min(limit, found.size());
    JsonOut json = begin();
    for (EventLog.Stored stored : found.subList(0, count)) {
      if (told(stored.entry().event().device(), permission)) {
        EventJson.write(json, stored.entry().event(), stored.acknowledged());
      }
    }
    boolean more = count < found.size();
    return end(json, more ? PAGE + Long.toString(found.get(count - 1).entry().seq(), RADIX) : null);
  }

  /** The log itself after an entry, oldest first, acknowledgements included. */
  private Answer walk(EventQuery query, long after, int limit, Permission permission) {
    List<LogEntry> entries = log.after(after, limit + 1);
    int count = Math.min(limit, entries.size());
    JsonOut json = begin();
    for (LogEntry entry : entries.subList(0, count)) {
      if (told(entry.key().device(), permission) && takes(query, entry)) {
        write(json, entry);
      }
    }
    boolean more = count < entries.size();
    return end(json, more ? Cursors.text(entries.get(count - 1).seq()) : null);
  }

  private static boolean takes(EventQuery query, LogEntry entry) {
    String device = query.device();
    if (device != null && !device.equals(entry.key().device())) {
      return false;
    }
    if (!(entry instanceof LogEntry.Recorded recorded)) {
      return query.type() == null && query.severity() == null;
    }
    var event = recorded.event();
    return event.timestamp() >= query.fromMillis()
        && event.timestamp() < query.toMillis()
        && (query.type() == null || query.type().equals(event.type()))
        && (query.severity() == null || query.severity().equals(event.severity()));
  }

  private static void write(JsonOut json, LogEntry entry) {
    switch (entry) {
      case LogEntry.Recorded recorded -> EventJson.write(json, recorded.event(), null);
      case LogEntry.Acknowledged acknowledged -> write(json, acknowledged);
    }
  }

  private static void write(JsonOut json, LogEntry.Acknowledged entry) {
    json.open('{').name("device").string(entry.key().device());
    json.name("event").string(entry.key().event()).name("by").string(entry.by());
    json.name("time").number(entry.time());
    if (entry.note() != null) {
      json.name("note").string(entry.note());
    }
    json.name("cursor").string(Cursors.text(entry.seq())).close('}');
  }

  private Answer acknowledge(Request request, Map<String, String> path)
      throws BadRequest, InterruptedException {
    Answer refused = JsonBody.refusal(request);
    if (refused != null) {
      return refused;
    }
    String note = JsonBody.note(request.body().array());
    EventKey key = new EventKey(path.getOrDefault("id", ""), path.getOrDefault("event", ""));
    if (!Limits.isDeviceId(key.device())
        || !Limits.isEventId(key.event())
        || !told(key.device(), request.who().permission())) {
      return unknown();
    }
    LogEntry.Acknowledged entry = log.acknowledge(key, request.who().name(), clock.millis(), note);
    if (entry == null) {
      return unrecorded(key);
    }
    tell(entry);
    JsonOut json = new JsonOut(256);
    write(json, entry);
    return Answer.json(json);
  }

  /** News of it; lost news is mended from the log, so the acknowledgement stands either way. */
  private void tell(LogEntry.Acknowledged entry) {
    try {
      bus.entries(List.of(entry));
    } catch (BusUnavailable e) {
      LOG.info("news of an acknowledgement could not be sent: {}", e.getMessage());
    }
  }

  /** Says why an event that is not in the log can't be acknowledged. */
  private Answer unrecorded(EventKey key) throws InterruptedException {
    PendingEvent pending = hub.<@Nullable PendingEvent>ask(state -> state.feed().pending(key));
    if (pending == null) {
      return unknown();
    }
    return Answer.problem(
        HttpResponseStatus.CONFLICT,
        pending.unrecordedReason() == null
            ? "the event is not recorded yet; acknowledge it again once it is"
            : "history refused the event, so it can't be acknowledged");
  }

  private static Answer unknown() {
    return Answer.problem(HttpResponseStatus.NOT_FOUND, "there is no such event");
  }

  private static long page(String cursor) throws BadRequest {
    try {
      return Long.parseLong(cursor, PAGE.length(), cursor.length(), RADIX);
    } catch (NumberFormatException e) {
      throw new BadRequest("the cursor is not one of this server's");
    }
  }

  private static JsonOut begin() {
    return new JsonOut(16 * 1024).open('{').name("items").open('[');
  }

  private static Answer end(JsonOut json, @Nullable String next) {
    json.close(']').name("next");
    return Answer.json((next == null ? json.nothing() : json.string(next)).close('}'));
  }
}
