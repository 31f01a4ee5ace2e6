package sightline.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sightline.history.PositionStore;
import sightline.protocol.Limits;
import sightline.protocol.Position;
import sightline.time.RoleClock;

/** {@code /api/v1/devices/{id}/track}: where a device was. Any virtual thread. */
final class TrackApi {
  private static final int LIMIT = 10_000;
  private static final int MAX_LIMIT = 100_000;
  private static final long HOUR_MILLIS = 3_600_000;

  private final PositionStore positions;
  private final DevicesApi devices;
  private final HealthWatch health;
  private final RoleClock clock;
  private final DeviceGroups groups;

  TrackApi(
      PositionStore positions,
      DevicesApi devices,
      HealthWatch health,
      RoleClock clock,
      DeviceGroups groups) {
    this.positions = positions;
    this.devices = devices;
    this.health = health;
    this.clock = clock;
    this.groups = groups;
  }

  List<Route> routes() {
    return List.of(new Route("GET", "/api/v1/devices/{id}/track", this::track));
  }

  private Answer track(Request request, Map<String, String> path)
      throws BadRequest, InterruptedException {
    String id = path.getOrDefault("id", "");
    TrackFormat format = TrackFormat.wanted(request);
    if (format == null) {
      return Answer.problem(
          HttpResponseStatus.NOT_ACCEPTABLE, "a track is JSON, GeoJSON, GPX or CSV");
    }
    Permission permission = request.who().permission();
    if (!Limits.isDeviceId(id) || Limits.isReserved(id) || !permission.sees(groups.of(id))) {
      return DevicesApi.unknown();
    }
    long to = request.moment("to", clock.millis() + 1);
    long from = request.moment("from", to - HOUR_MILLIS);
    String cursor = request.parameter("cursor");
    long start = cursor == null ? from : Math.max(from, Moments.parse("cursor", cursor));
    String every = request.parameter("every");
    long everyMillis = every == null ? 0 : Moments.span("every", every);
    int limit = request.number("limit", 1, MAX_LIMIT, LIMIT);
    if (from > to) {
      throw new BadRequest("from must not be after to");
    }
    List<Position> found = positions.track(id, start, to, everyMillis, limit + 1);
    if (found.isEmpty() && devices.find(id, permission) == null) {
      return DevicesApi.unknown();
    }
    int end = end(found, limit);
    Long next = end < found.size() ? Long.valueOf(found.get(end).order().millis()) : null;
    Track track = new Track(id, found.subList(0, end), health.recordedThrough(), next);
    return format.answer(track);
  }

  /** Where a page ends: after the limit, but never between positions of one millisecond. */
  private static int end(List<Position> found, int limit) {
    if (found.size() <= limit) {
      return found.size();
    }
    int end = limit;
    while (end > 1 && found.get(end - 1).order().millis() == found.get(limit).order().millis()) {
      end--;
    }
    return end;
  }

  /**
   * A part of a track.
   *
   * @param recordedThrough positions received later may be missing, epoch ms; 0 where not known
   * @param next where the next part begins, or null at the end
   */
  record Track(
      String device, List<Position> positions, long recordedThrough, @Nullable Long next) {}
}
