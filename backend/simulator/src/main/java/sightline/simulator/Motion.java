package sightline.simulator;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;

/**
 * Goes along a way: speeds up, keeps to the limit, brakes for corners, slower roads, stops and the
 * way's end. Owned by the thread that moves the units.
 */
final class Motion {
  private static final double STEP = 0.1;
  private static final double LOOK_AHEAD = 200;
  private static final double CRAWL = 1;

  private final Travel travel;
  private final Deque<Leg> ahead = new ArrayDeque<>();
  private Leg leg;
  private double at;
  private double speed;
  private double exitSpeed;
  private double pause;
  private double haste = 1;
  private double stopFor;
  private boolean entered;

  /** Stands still on a leg, so many metres from its start, and has nowhere to go yet. */
  Motion(Travel travel, Leg leg, double at) {
    this.travel = travel;
    this.leg = leg;
    this.at = at;
    exitSpeed = CRAWL;
  }

  /** Where to go once this leg ends. */
  void follow(Collection<Leg> way) {
    ahead.clear();
    ahead.addAll(way);
    plan();
  }

  /** Stops at the end of this leg for so many seconds, as at a stop sign. */
  void stopAtEnd(double seconds) {
    stopFor = seconds;
    plan();
  }

  void pause(double seconds) {
    pause = seconds;
    speed = 0;
  }

  /** Multiplies every limit: 1, or more in an emergency. */
  void haste(double factor) {
    haste = factor;
    plan();
  }

  /** Whether the way is at its end: it stands, and needs another way. */
  boolean arrived() {
    return ahead.isEmpty() && at >= leg.length();
  }

  /** Moves on; what is left of the time, in seconds, when it arrives or enters another leg. */
  double advance(double seconds) {
    double left = seconds;
    while (left > 1e-9) {
      double step = Math.min(STEP, left);
      left -= step;
      if (pause > 0) {
        pause -= step;
      } else if (arrived()) {
        speed = 0;
        return left;
      } else if (move(step)) {
        return left;
      }
    }
    return 0;
  }

  private boolean move(double step) {
    double allowed = allowed();
    speed =
        speed < allowed
            ? Math.min(allowed, speed + travel.acceleration() * step)
            : Math.max(allowed, speed - 2 * travel.braking() * step);
    at += speed * step;
    if (at < leg.length()) {
      return false;
    }
    Leg next = ahead.poll();
    if (next == null) {
      at = leg.length();
      speed = 0;
      return true;
    }
    at = Math.min(at - leg.length(), next.length() / 2);
    leg = next;
    entered = true;
    speed = Math.min(speed, limit(leg));
    if (stopFor > 0) {
      pause(stopFor);
      stopFor = 0;
    }
    plan();
    return true;
  }

  private double allowed() {
    double allowed = Math.min(limit(leg), brakeTo(exitSpeed, leg.length() - at));
    for (int corner = 0; corner < leg.corners(); corner++) {
      double metres = leg.cornerAt(corner) - at;
      if (metres >= 0) {
        allowed = Math.min(allowed, brakeTo(Travel.cornerMps(leg.cornerDegrees(corner)), metres));
      }
    }
    return Math.max(allowed, Math.min(CRAWL, limit(leg)));
  }

  /** How fast this leg may be left, from what comes after it. */
  private void plan() {
    if (stopFor > 0 || ahead.isEmpty()) {
      exitSpeed = CRAWL;
      return;
    }
    Deque<Leg> near = new ArrayDeque<>();
    double metres = 0;
    for (Iterator<Leg> legs = ahead.iterator(); legs.hasNext() && metres < LOOK_AHEAD; ) {
      Leg next = legs.next();
      near.push(next);
      metres += next.length();
    }
    double exit = near.size() == ahead.size() ? CRAWL : limit(near.peek());
    while (!near.isEmpty()) {
      Leg later = near.pop();
      Leg before = near.isEmpty() ? leg : near.peek();
      double turn = Leg.turn(before.headingAtEnd(), later.headingAtStart());
      exit = Math.min(entry(later, exit), Travel.cornerMps(turn));
    }
    exitSpeed = exit;
  }

  private double entry(Leg entered, double exit) {
    double entry = Math.min(limit(entered), brakeTo(exit, entered.length()));
    for (int corner = 0; corner < entered.corners(); corner++) {
      double slow = Travel.cornerMps(entered.cornerDegrees(corner));
      entry = Math.min(entry, brakeTo(slow, entered.cornerAt(corner)));
    }
    return entry;
  }

  private double brakeTo(double target, double metres) {
    return Math.sqrt(target * target + 2 * travel.braking() * Math.max(0, metres));
  }

  private double limit(Leg of) {
    return travel.limitMps(of.edge()) * haste;
  }

  /** Whether it has entered another leg since this was last asked. */
  boolean takeEntered() {
    boolean was = entered;
    entered = false;
    return was;
  }

  Leg leg() {
    return leg;
  }

  /** The leg after this one; this one where there is none. */
  Leg next() {
    Leg next = ahead.peek();
    return next == null ? leg : next;
  }

  /** Metres from the start of the leg. */
  double at() {
    return at;
  }

  /** Metres per second. */
  double speed() {
    return pause > 0 ? 0 : speed;
  }
}
