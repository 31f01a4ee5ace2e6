package sightline.gateway;

import java.util.BitSet;
import java.util.List;

/** The handles of some devices. Immutable. */
final class Handles {
  static final Handles NONE = new Handles(List.of());

  private final int[] handles;

  Handles(List<Slot> slots) {
    handles = new int[slots.size()];
    for (int i = 0; i < handles.length; i++) {
      handles[i] = slots.get(i).handle;
    }
  }

  int size() {
    return handles.length;
  }

  /** Whether one of them is in a set. */
  boolean anyIn(BitSet set) {
    for (int handle : handles) {
      if (set.get(handle)) {
        return true;
      }
    }
    return false;
  }

  void addTo(BitSet set) {
    for (int handle : handles) {
      set.set(handle);
    }
  }
}
