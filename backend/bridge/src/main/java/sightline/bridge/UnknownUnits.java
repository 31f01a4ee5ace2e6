package sightline.bridge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sightline.bus.BusMessage;
import sightline.protocol.Refused;

/**
 * What was refused of ids that are no unit of the fleet, so that whoever looks for one finds why:
 * the {@value #MOST} that were refused last. Owned by the rounds thread.
 */
final class UnknownUnits {
  static final int MOST = 1_000;

  private final Map<String, Refused> refused = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<String> unsent = new LinkedHashSet<>();

  void refused(String id, Refused more) {
    refused.put(id, more.after(refused.get(id)));
    unsent.add(id);
    if (refused.size() > MOST) {
      String oldest = refused.keySet().iterator().next();
      refused.remove(oldest);
      unsent.remove(oldest);
    }
  }

  boolean hasNews() {
    return !unsent.isEmpty();
  }

  /** What gateways have not heard; given once. */
  BusMessage.Refusals news() {
    List<BusMessage.Refusals.Unit> units = new ArrayList<>(unsent.size());
    for (String id : unsent) {
      Refused known = refused.get(id);
      if (known != null) {
        units.add(new BusMessage.Refusals.Unit(id, known));
      }
    }
    unsent.clear();
    return new BusMessage.Refusals(units);
  }
}
