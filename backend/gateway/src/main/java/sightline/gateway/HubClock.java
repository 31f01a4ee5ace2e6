package sightline.gateway;

import java.time.InstantSource;

/** Wall time for people and monotonic time for waiting. Any thread. */
record HubClock(InstantSource wall) {
  long millis() {
    return wall.millis();
  }

  long nanos() {
    return System.nanoTime();
  }
}
