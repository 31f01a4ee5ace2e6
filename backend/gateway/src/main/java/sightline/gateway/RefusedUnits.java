package sightline.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sightline.bus.BusMessage;
import sightline.protocol.Refused;

/**
 * What was refused of ids that are no unit of the fleet, so that whoever looks for one finds why:
 * the {@value #MOST} of which it was heard last. Owned by the hub's thread.
 */
final class RefusedUnits {
  static final int MOST = 1_000;

  private final Map<String, Refused> byId =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Refused> eldest) {
          return size() > MOST;
        }
      };

  void take(BusMessage.Refusals refusals) {
    for (BusMessage.Refusals.Unit unit : refusals.units()) {
      byId.put(unit.id(), unit.refused());
    }
  }

  @Nullable Refused find(String id) {
    return byId.get(id);
  }
}
