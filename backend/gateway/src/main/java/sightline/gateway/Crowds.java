package sightline.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The areas that are told as counts. Owned by the hub's thread. */
final class Crowds {
  private final int loops;
  private final Map<Name, Crowd> crowds = new HashMap<>();

  private record Name(Permission permission, Area area) {}

  Crowds(int loops) {
    this.loops = loops;
  }

  /** The crowd of an area for one browser more. */
  Crowd join(Permission permission, Area area) {
    Crowd crowd =
        crowds.computeIfAbsent(
            new Name(permission, area), name -> new Crowd(permission, area, loops));
    crowd.browsers++;
    return crowd;
  }

  void leave(Crowd crowd) {
    if (--crowd.browsers == 0) {
      crowds.remove(new Name(crowd.permission, crowd.area), crowd);
    }
  }

  List<Crowd> all() {
    return new ArrayList<>(crowds.values());
  }
}
