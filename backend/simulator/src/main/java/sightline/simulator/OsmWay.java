package sightline.simulator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A way of OpenStreetMap: its nodes in order, and its tags. Immutable, for any thread. */
record OsmWay(List<Long> nodes, Map<String, String> tags) {

  /** Null when the fleet doesn't use this way. */
  @Nullable RoadTraits traits() {
    RoadClass roadClass = RoadClass.ofHighway(tags.getOrDefault("highway", ""));
    if (roadClass == null || closed(tag("access")) || "yes".equals(tag("area"))) {
      return null;
    }
    boolean cars = roadClass.drivable() && !closed(tag("motor_vehicle"));
    boolean oneway = "yes".equals(tag("oneway")) || "-1".equals(tag("oneway")) || roundabout();
    return new RoadTraits(
        roadClass, tag("name"), maxSpeed(), oneway, "yes".equals(tag("tunnel")), cars);
  }

  /** Its nodes in the direction of travel. */
  List<Long> drivenNodes() {
    return "-1".equals(tag("oneway")) ? nodes.reversed() : nodes;
  }

  private boolean roundabout() {
    return "roundabout".equals(tag("junction"));
  }

  private int maxSpeed() {
    String signed = tag("maxspeed");
    return signed.matches("[0-9]{1,3}") ? Integer.parseInt(signed) : 0;
  }

  private String tag(String key) {
    return tags.getOrDefault(key, "");
  }

  private static boolean closed(String access) {
    return switch (access) {
      case "no", "private", "agricultural", "forestry" -> true;
      default -> false;
    };
  }
}
