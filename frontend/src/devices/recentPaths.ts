import { grown } from './grown';

/** At least this far apart, so that the ring reaches back past what history may still lack (35 s). */
const STEP_MS = 1_000;
export const RECENT_POINTS = 40;
const PER_DEGREE = 1e7;

export interface PathPoint {
  /** Server's epoch ms, by the position's order. */
  readonly timestamp: number;
  readonly lat: number;
  readonly lon: number;
  /** Metres per second; NaN where it wasn't said. */
  readonly speed: number;
}

/**
 * Where each unit was in its last 40 seconds and more, in rings of typed arrays by slot: what joins a
 * recorded track to the live unit. Its memory grows with the slots alone.
 */
export class RecentPaths {
  private times = new Float64Array(0);
  private lons = new Int32Array(0);
  private lats = new Int32Array(0);
  private speeds = new Float32Array(0);
  /** How many points each slot was ever given. */
  private taken = new Float64Array(0);

  grow(slots: number): void {
    const size = slots * RECENT_POINTS;
    this.times = grown(this.times, new Float64Array(size));
    this.lons = grown(this.lons, new Int32Array(size));
    this.lats = grown(this.lats, new Int32Array(size));
    this.speeds = grown(this.speeds, new Float32Array(size));
    this.taken = grown(this.taken, new Float64Array(slots));
  }

  clear(slot: number): void {
    this.taken[slot] = 0;
  }

  /** Takes a unit's newest position, unless the last one taken is less than a second older. */
  add(slot: number, timestamp: number, lon: number, lat: number, speed: number): void {
    const first = slot * RECENT_POINTS;
    const step = this.taken[slot] > 0 ? timestamp - this.times[first + ((this.taken[slot] - 1) % RECENT_POINTS)] : STEP_MS;
    if (step < 0) this.taken[slot] = 0; // a snapshot of an earlier time
    else if (step < STEP_MS) return;
    const taken = this.taken[slot];
    const at = first + (taken % RECENT_POINTS);
    this.times[at] = timestamp;
    this.lons[at] = Math.round(lon * PER_DEGREE);
    this.lats[at] = Math.round(lat * PER_DEGREE);
    this.speeds[at] = speed;
    this.taken[slot] = taken + 1;
  }

  /** The points later than a moment (server's epoch ms), oldest first. */
  after(slot: number, timestamp: number): PathPoint[] {
    const points: PathPoint[] = [];
    const taken = this.taken[slot];
    for (let i = Math.max(0, taken - RECENT_POINTS); i < taken; i++) {
      const at = slot * RECENT_POINTS + (i % RECENT_POINTS);
      if (this.times[at] > timestamp) {
        points.push({
          timestamp: this.times[at],
          lon: this.lons[at] / PER_DEGREE,
          lat: this.lats[at] / PER_DEGREE,
          speed: this.speeds[at],
        });
      }
    }
    return points;
  }
}
