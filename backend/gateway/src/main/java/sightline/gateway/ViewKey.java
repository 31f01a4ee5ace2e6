package sightline.gateway;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What makes two browsers see the same: who may see it, and what they asked for. Immutable.
 *
 * @param permission what they may see
 * @param rooms the devices that they named, or null for all
 */
record ViewKey(Permission permission, @Nullable Set<String> rooms) {
  static ViewKey all(Permission permission) {
    return new ViewKey(permission, null);
  }
}
