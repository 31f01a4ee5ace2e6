package sightline.gateway;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What makes two browsers see the same: who may see it, and what they asked for. Immutable.
 *
 * @param permission what they may see
 * @param rooms the devices that they named, or null for all
 * @param byArea whether they look at an area too: the named ones are those pinned, and events are
 *     told of all
 */
record ViewKey(Permission permission, @Nullable Set<String> rooms, boolean byArea) {
  static ViewKey all(Permission permission) {
    return new ViewKey(permission, null, false);
  }

  static ViewKey rooms(Permission permission, Set<String> devices) {
    return new ViewKey(permission, devices, false);
  }

  static ViewKey area(Permission permission, Set<String> pins) {
    return new ViewKey(permission, pins, true);
  }
}
