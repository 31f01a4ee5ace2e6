import { grown } from './store';

const LONGEST_MS = 500;
const SHORTEST_MS = 100;
/** A jump farther than this (about 3 km) is not a movement that an eye should follow. */
const JUMP_DEGREES = 0.03;

/**
 * Where each unit is drawn while it glides from where it was drawn to its newest position: it arrives
 * within the unit's usual interval (at most half a second), and never goes past it. Indexed by slot.
 */
export class GlideTrack {
  toLon = new Float64Array(0);
  toLat = new Float64Array(0);
  heading = new Float32Array(0);
  private fromLon = new Float64Array(0);
  private fromLat = new Float64Array(0);
  private startedAt = new Float64Array(0);
  private lastsMs = new Float64Array(0);
  /** With reduced motion, units step to their newest position. */
  still = false;

  grow(size: number): void {
    const before = this.toLon.length;
    this.toLon = grown(this.toLon, new Float64Array(size));
    this.toLat = grown(this.toLat, new Float64Array(size));
    this.heading = grown(this.heading, new Float32Array(size));
    this.fromLon = grown(this.fromLon, new Float64Array(size));
    this.fromLat = grown(this.fromLat, new Float64Array(size));
    this.startedAt = grown(this.startedAt, new Float64Array(size));
    this.lastsMs = grown(this.lastsMs, new Float64Array(size));
    this.toLon.fill(Number.NaN, before);
    this.toLat.fill(Number.NaN, before);
  }

  clear(slot: number): void {
    this.toLon[slot] = this.toLat[slot] = this.heading[slot] = Number.NaN;
  }

  to(slot: number, lon: number, lat: number, now: number): void {
    const part = this.partOf(slot, now);
    const fromLon = this.lonAt(slot, part);
    const fromLat = this.latAt(slot, part);
    const jump = Math.abs(lon - fromLon) + Math.abs(lat - fromLat);
    const glides = !this.still && jump <= JUMP_DEGREES;
    const usual = now - this.startedAt[slot];
    this.fromLon[slot] = glides ? fromLon : lon;
    this.fromLat[slot] = glides ? fromLat : lat;
    this.toLon[slot] = lon;
    this.toLat[slot] = lat;
    this.startedAt[slot] = now;
    this.lastsMs[slot] = glides && jump > 0 ? Math.min(LONGEST_MS, Math.max(SHORTEST_MS, usual)) : 0;
  }

  /** How far along its glide a unit is at `now` (monotonic ms): 0 at the start, 1 at its newest position. */
  partOf(slot: number, now: number): number {
    const lasts = this.lastsMs[slot];
    return lasts > 0 ? Math.min(1, Math.max(0, (now - this.startedAt[slot]) / lasts)) : 1;
  }

  lonAt(slot: number, part: number): number {
    const from = this.fromLon[slot];
    return part >= 1 ? this.toLon[slot] : from + (this.toLon[slot] - from) * part;
  }

  latAt(slot: number, part: number): number {
    const from = this.fromLat[slot];
    return part >= 1 ? this.toLat[slot] : from + (this.toLat[slot] - from) * part;
  }

  /** Degrees per ms that a unit is still gliding at `now`; 0 at rest. */
  paceOf(slot: number, now: number): number {
    if (this.partOf(slot, now) >= 1) {
      return 0;
    }
    const dx = Math.abs(this.toLon[slot] - this.fromLon[slot]);
    const dy = Math.abs(this.toLat[slot] - this.fromLat[slot]);
    return Math.max(dx, dy * 1.5) / this.lastsMs[slot];
  }
}
