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
  /** Everyone at this machine, until sign-in exists. */
  static final Permission LOCAL = new Permission(true, Set.of());

  boolean sees(List<String> deviceGroups) {
    return everything || !Collections.disjoint(groups, deviceGroups);
  }
}
