package sightline.bench;

import java.util.Locale;

/**
 * What a browser looks at; names as on the command line. Browsers are dealt over the cities and the
 * devices in turn.
 */
enum View implements Owing {
  /** The whole fleet. */
  all,
  /**
   * What a map of one of 100 cities shows, a box of a tenth of the fleet's land each way, 1,160 px
   * wide. With the cells around it that is a twentieth of the fleet: of 50,000 units fewer than the
   * 5,000 from which a view gets counts instead.
   */
  city,
  /** One unit. */
  device;

  private static final int CITIES_ACROSS = 10;
  private static final long CITY_MICROS = 1_000_000 / CITIES_ACROSS;
  private static final int CITY_ZOOM = 13;

  /** A device this near to a city's edge may be told or not: no pair of it is charged. */
  private static final long EDGE_MICROS = 20_000;

  /** What the browser says. */
  String subscribe(int browser, int devices) {
    return switch (this) {
      case all -> "{\"type\":\"subscribe\",\"devices\":\"all\"}";
      case city -> {
        double west = west(browser) / 1e6;
        double south = south(browser) / 1e6;
        double across = CITY_MICROS / 1e6;
        yield String.format(
            Locale.ROOT,
            "{\"type\":\"subscribe\",\"view\":{\"bbox\":[%.3f,%.3f,%.3f,%.3f],\"zoom\":%d}}",
            west,
            south,
            west + across,
            south + across,
            CITY_ZOOM);
      }
      case device ->
          "{\"type\":\"subscribe\",\"devices\":[\"" + DeviceIds.id(browser % devices) + "\"]}";
    };
  }

  @Override
  public boolean owes(int browser, int device, int devices, int last) {
    return switch (this) {
      case all -> true;
      case city -> inCity(browser, device, 0) && inCity(browser, device, last);
      case device -> browser % devices == device;
    };
  }

  private static boolean inCity(int browser, int device, int sequence) {
    return inside(Motion.latMicros(device, sequence) - south(browser))
        && inside(Motion.lonMicros(device, sequence) - west(browser));
  }

  private static boolean inside(long micros) {
    return micros >= EDGE_MICROS && micros < CITY_MICROS - EDGE_MICROS;
  }

  private static long west(int browser) {
    return Motion.WEST_MICROS + browser % CITIES_ACROSS * CITY_MICROS;
  }

  private static long south(int browser) {
    return Motion.SOUTH_MICROS + browser / CITIES_ACROSS % CITIES_ACROSS * CITY_MICROS;
  }
}
