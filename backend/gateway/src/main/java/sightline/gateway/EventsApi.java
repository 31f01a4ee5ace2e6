package sightline.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** Events of one read, so that the live path's reads wait for no long one. */
  private static final int BATCH = 100;

  /** A page that is so long ends, whatever its limit. */
  private static final int PAGE_BYTES = 1 << 20;

  private static final Set<String> PARAMETERS =
      Set.of("from", "to", "by", "device", "type", "severity", "limit", "cursor");
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
        new Route("GET", "/api/v1/events", PARAMETERS, (request, path) -> list(request)),
        new Route("POST", "/api/v1/devices/{id}/events/{event}/acknowledge", this::acknowledge));
  }

  private Answer list(Request request) throws BadRequest {
    String cursor = request.parameter("cursor");
    int limit = request.number("limit", 1, MAX_LIMIT, LIMIT);
    EventQuery query =
        new EventQuery(
            byReceived(request),
            request.moment("from", Long.MIN_VALUE),
            request.moment("to", Long.MAX_VALUE),
            request.parameter("device"),
            request.parameter("type"),
            request.parameter("severity"),
            cursor != null && cursor.startsWith(PAGE) ? page(cursor) : Long.MAX_VALUE,
            limit);
    if (query.fromMillis() > query.toMillis()) {
      throw new BadRequest("from must not be after to");
    }
    Permission permission = request.who().permission();
    return cursor == null || cursor.startsWith(PAGE)
        ? newest(query, permission)
        : walk(query, Cursors.seq(cursor), permission);
  }

  /** What {@code from} and {@code to} are of: a device's clock may be years off. */
  private static boolean byReceived(Request request) throws BadRequest {
    String by = request.parameter("by");
    if (by != null && !by.equals("received") && !by.equals("timestamp")) {
      throw new BadRequest("by must be timestamp or received");
    }
    return "received".equals(by);
  }

  private boolean told(String device, Permission permission) {
    return !Limits.isReserved(device) && permission.sees(groups.of(device));
  }

  /** Newest first, read a few at a time: a page ends early where its events are large. */
  private Answer newest(EventQuery query, Permission permission) {
    JsonOut json = begin();
    long before = query.beforeSeq();
    int left = query.limit();
    boolean more = true;
    while (more && left > 0 && json.size() < PAGE_BYTES) {
      int most = Math.min(left, BATCH);
      List<EventLog.Stored> found = log.query(query.page(before, most + 1));
      more = found.size() > most;
      for (EventLog.Stored stored : found.subList(0, Math.min(most, found.size()))) {
        before = stored.entry().seq();
        left--;
        if (told(stored.entry().event().device(), permission)) {
          EventJson.write(json, stored.entry().event(), stored.acknowledged());
        }
      }
    }
    return end(json, more ? PAGE + Long.toString(before, RADIX) : null);
  }

  /** The log itself after an entry, oldest first, acknowledgements included. */
  private Answer walk(EventQuery query, long from, Permission permission) {
    JsonOut json = begin();
    long after = from;
    int left = query.limit();
    boolean more = true;
    while (more && left > 0 && json.size() < PAGE_BYTES) {
      int most = Math.min(left, BATCH);
      List<LogEntry> entries = log.after(after, most + 1);
      more = entries.size() > most;
      for (LogEntry entry : entries.subList(0, Math.min(most, entries.size()))) {
        after = entry.seq();
        left--;
        if (told(entry.key().device(), permission) && takes(query, entry)) {
          write(json, entry);
        }
      }
    }
    return end(json, more ? Cursors.text(after) : null);
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
    return query.spans(event)
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
      throw new BadRequest("the cursor is not one of this path's; give `next` back as it came");
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
