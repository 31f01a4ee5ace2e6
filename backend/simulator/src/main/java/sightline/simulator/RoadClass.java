package sightline.simulator;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * OpenStreetMap's {@code highway} values that the fleet uses. The order is that of the road file:
 * add at the end only.
 */
enum RoadClass {
  PRIMARY(0, 60),
  SECONDARY(1, 60),
  SECONDARY_LINK(2, 40),
  TERTIARY(3, 50),
  UNCLASSIFIED(4, 50),
  RESIDENTIAL(5, 35),
  LIVING_STREET(6, 20),
  ROAD(7, 40),
  SERVICE(8, 20),
  TRACK(9, 0),
  PEDESTRIAN(10, 0),
  FOOTWAY(11, 0),
  PATH(12, 0),
  CYCLEWAY(13, 0),
  STEPS(14, 0),
  BRIDLEWAY(15, 0);

  private final int code;
  private final int carKmh;

  RoadClass(int code, int carKmh) {
    this.code = code;
    this.carKmh = carKmh;
  }

  /** Whether vehicles use it; people on foot use all. */
  boolean drivable() {
    return carKmh > 0;
  }

  /** How fast vehicles go where no sign says otherwise, km/h; 0 where they don't. */
  int carKmh() {
    return carKmh;
  }

  /** What stands for it in the road file. */
  int code() {
    return code;
  }

  /**
   * @throws IllegalArgumentException for a code of none
   */
  static RoadClass ofCode(int code) {
    for (RoadClass roadClass : values()) {
      if (roadClass.code == code) {
        return roadClass;
      }
    }
    throw new IllegalArgumentException("no road class has the code " + code);
  }

  /** Null for what the fleet doesn't use (motorways, construction, …). */
  static @Nullable RoadClass ofHighway(String highway) {
    for (RoadClass roadClass : values()) {
      if (roadClass.name().toLowerCase(Locale.ROOT).equals(highway)) {
        return roadClass;
      }
    }
    return null;
  }
}
