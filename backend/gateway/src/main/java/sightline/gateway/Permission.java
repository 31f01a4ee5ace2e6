package sightline.gateway;

import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Which devices someone may see: all, or those of some groups; part of a view's identity.
 * Immutable.
 *
 * @param everything whether groups do not matter
 * @param groups the device groups that may be seen
 */
record Permission(boolean everything, Set<String> groups) {
  /** All devices. */
  static final Permission LOCAL = new Permission(true, Set.of());

  /** Copies the set. */
  Permission {
    groups = Set.copyOf(groups);
  }

  boolean sees(List<String> deviceGroups) {
    return everything || !Collections.disjoint(groups, deviceGroups);
  }
}
