import { mercatorX, mercatorY } from '../map/projection';
import { grown } from './grown';

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
  /** The same places on the map's flat world, 0 to 1, so that no frame has to project them again. */
  private toX = new Float64Array(0);
  private toY = new Float64Array(0);
  private fromX = new Float64Array(0);
  private fromY = new Float64Array(0);
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
    this.toX = grown(this.toX, new Float64Array(size));
    this.toY = grown(this.toY, new Float64Array(size));
    this.fromX = grown(this.fromX, new Float64Array(size));
    this.fromY = grown(this.fromY, new Float64Array(size));
    this.fromLon = grown(this.fromLon, new Float64Array(size));
    this.fromLat = grown(this.fromLat, new Float64Array(size));
    this.startedAt = grown(this.startedAt, new Float64Array(size));
    this.lastsMs = grown(this.lastsMs, new Float64Array(size));
    this.toLon.fill(Number.NaN, before);
    this.toLat.fill(Number.NaN, before);
    this.toX.fill(Number.NaN, before);
    this.toY.fill(Number.NaN, before);
  }

  clear(slot: number): void {
    this.toLon[slot] = this.toLat[slot] = this.toX[slot] = this.toY[slot] = this.heading[slot] = Number.NaN;
  }

  to(slot: number, lon: number, lat: number, now: number): void {
    const part = this.partOf(slot, now);
    const fromLon = this.lonAt(slot, part);
    const fromLat = this.latAt(slot, part);
    const jump = Math.abs(lon - fromLon) + Math.abs(lat - fromLat);
    const glides = !this.still && jump <= JUMP_DEGREES;
    const usual = now - this.startedAt[slot];
    const x = mercatorX(lon);
    const y = mercatorY(lat);
    this.fromX[slot] = glides ? this.xAt(slot, part) : x;
    this.fromY[slot] = glides ? this.yAt(slot, part) : y;
    this.toX[slot] = x;
    this.toY[slot] = y;
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

  /** Where it is across the flat world (0 west, 1 east), at a part of its glide. */
  xAt(slot: number, part: number): number {
    const from = this.fromX[slot];
    return part >= 1 ? this.toX[slot] : from + (this.toX[slot] - from) * part;
  }

  /** Where it is down the flat world (0 north, 1 south), at a part of its glide. */
  yAt(slot: number, part: number): number {
    const from = this.fromY[slot];
    return part >= 1 ? this.toY[slot] : from + (this.toY[slot] - from) * part;
  }

  /** Widths of the world per ms that a unit moves while it is gliding. */
  paceOf(slot: number): number {
    const dx = Math.abs(this.toX[slot] - this.fromX[slot]);
    const dy = Math.abs(this.toY[slot] - this.fromY[slot]);
    return Math.max(dx, dy) / this.lastsMs[slot];
  }
}
