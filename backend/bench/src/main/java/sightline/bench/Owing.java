package sightline.bench;

/** Which positions a browser is owed. Implementations hold no state. */
interface Owing {
  /** Whether the browser is owed every position of the device from the first to the last. */
  boolean owes(int browser, int device, int devices, int last);
}
