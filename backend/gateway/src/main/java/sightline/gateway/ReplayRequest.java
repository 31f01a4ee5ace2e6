package sightline.gateway;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import sightline.protocol.Limits;
import sightline.protocol.ReplayCommand;

/**
 * What a replay is asked to show. Immutable.
 *
 * @param from where it begins, epoch ms
 * @param to where it ends, epoch ms, after {@code from}
 * @param speed times real time, from 1 to {@link ReplayCommand#MAX_SPEED}
 * @param devices these alone, or null for all
 */
record ReplayRequest(long from, long to, double speed, @Nullable Set<String> devices) {
  static final Set<String> PARAMETERS = Set.of("from", "to", "speed", "devices");

  /**
   * Reads a query.
   *
   * @param nowMillis what {@code to} is where it is absent, and its upper bound
   * @param most devices that it may name
   */
  static ReplayRequest of(Request request, long nowMillis, int most) throws BadRequest {
    if (request.parameter("from") == null) {
      throw new BadRequest("from is required");
    }
    long from = request.moment("from", 0);
    long to = Math.min(request.moment("to", nowMillis), nowMillis);
    if (from < 0 || from >= to) {
      throw new BadRequest("from must be before to, and both in the past");
    }
    return new ReplayRequest(from, to, speed(request), devices(request, most));
  }

  private static double speed(Request request) throws BadRequest {
    String text = request.parameter("speed");
    double speed;
    try {
      speed = text == null ? 1 : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      speed = Double.NaN;
    }
    if (speed >= 1 && speed <= ReplayCommand.MAX_SPEED) {
      return speed;
    }
    throw new BadRequest("speed must be from 1 to " + (int) ReplayCommand.MAX_SPEED);
  }

  private static @Nullable Set<String> devices(Request request, int most) throws BadRequest {
    String devices = request.parameter("devices");
    if (devices == null || devices.equals("all")) {
      return null;
    }
    TreeSet<String> ids = new TreeSet<>(Arrays.asList(devices.split(",", -1)));
    boolean named = ids.stream().allMatch(id -> Limits.isDeviceId(id) && !Limits.isReserved(id));
    if (ids.size() > most || !named) {
      throw new BadRequest("devices must be `all` or device ids with commas between them");
    }
    return ids;
  }
}
