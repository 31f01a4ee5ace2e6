package sightline.gateway;

import java.util.Arrays;

/**
 * The numbers by which devices are named in binary, the same for all browsers with the same
 * permission: given when a device is first told, so that they say nothing of devices that may not
 * be seen, and never given to another. Owned by the hub's thread.
 */
final class Numbers {
  private int[] byHandle = new int[64];
  private int given;

  /** The device's number, from 0 on. */
  int of(Slot slot) {
    if (slot.handle >= byHandle.length) {
      byHandle = Arrays.copyOf(byHandle, Math.max(slot.handle + 1, byHandle.length * 2));
    }
    if (byHandle[slot.handle] == 0) {
      byHandle[slot.handle] = ++given;
    }
    return byHandle[slot.handle] - 1;
  }
}
