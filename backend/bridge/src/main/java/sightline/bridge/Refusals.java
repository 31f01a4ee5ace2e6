package sightline.bridge;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import sightline.protocol.Refused;

/**
 * What was refused of units, on its way to the rounds: one note a unit, however much it was. Any
 * thread writes, the rounds read. Past {@value #MOST} units between two rounds it is counted by its
 * reason alone.
 */
final class Refusals {
  static final int MOST = 10_000;

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private Map<String, Refused> noted = new HashMap<>();

  private volatile boolean some;

  void note(String device, Refused refused) {
    lock.lock();
    try {
      Refused earlier = noted.get(device);
      if (earlier != null || noted.size() < MOST) {
        noted.put(device, refused.after(earlier));
        some = true;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives each unit's note once. */
  void drain(BiConsumer<String, Refused> to) {
    if (!some) {
      return;
    }
    Map<String, Refused> taken;
    lock.lock();
    try {
      taken = noted;
      noted = new HashMap<>();
      some = false;
    } finally {
      lock.unlock();
    }
    taken.forEach(to);
  }
}
