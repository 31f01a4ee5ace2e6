import { STATES } from '../devices/store';
import type { DeviceStore } from '../devices/store';
import { Crowds } from './crowds';
import { STRIDE } from './glProgram';
import { mercatorX, mercatorY, worldSize } from './projection';
import type { View } from './projection';

const MARGIN_PX = 30;
const VEHICLE = 0;
const NO_HEADING = 4;
const MOVING = STATES.indexOf('moving');
const STALE = STATES.indexOf('stale');
const OFFLINE = STATES.indexOf('offline');
/** A look behind the states': it was moving, but has said nothing for so long that it will be elsewhere. */
export const LATE = STATES.length;
const LATE_MS = 10_000;
const LAYERS = 4;
const ON_TOP = LAYERS - 1;

/** Which units are drawn whatever lies around them, by slot; `selected` is -1 for none. */
export interface Marked {
  readonly selected: number;
  readonly watched: ReadonlySet<number>;
}

/** A frame's moment: monotonic ms for the glide, the server's epoch ms for ages (NaN: not known). */
export interface Moment {
  readonly now: number;
  readonly server: number;
}

/**
 * What one drawn frame holds: the instances for the shader, which unit each of them is, and the counts
 * where units are too many to be told apart. Lives on the browser's one thread.
 */
export class MarkerFrame {
  data = new Float32Array(256 * STRIDE);
  slots = new Int32Array(256);
  count = 0;
  readonly crowds = new Crowds();
  /** CSS px a millisecond of the fastest unit still gliding in view. */
  pace = 0;

  /** Units in and around the view: their slots, places, squares and layers, before crowds are taken out. */
  private near = 0;
  private nearSlots = new Int32Array(256);
  private nearX = new Float32Array(256);
  private nearY = new Float32Array(256);
  private nearSquare = new Int32Array(256);
  private nearLayer = new Uint8Array(256);
  private readonly layerStart = new Int32Array(LAYERS + 1);

  /** Fills the frame with the units in view; alarms, the selected and the watched come last, on top. */
  fill(devices: DeviceStore, view: View, moment: Moment, marked: Marked, scale = 1): void {
    this.count = 0;
    this.pace = 0;
    this.reserve(devices.end);
    this.gather(devices, view, moment.now, marked);
    this.crowds.settle(scale);
    this.arrange(view);
    for (let i = 0; i < this.count; i++) {
      this.describe(devices, this.slots[i], i, moment, marked);
    }
    this.pace *= worldSize(view.zoom);
  }

  /** The unit drawn nearest to a point, within `reach` CSS px; the topmost of equals; -1: none. */
  pick(x: number, y: number, reach: number): number {
    let best = reach * reach;
    let found = -1;
    for (let i = 0; i < this.count; i++) {
      const dx = this.data[i * STRIDE] - x;
      const dy = this.data[i * STRIDE + 1] - y;
      const distance = dx * dx + dy * dy;
      if (distance <= best) {
        best = distance;
        found = i;
      }
    }
    return found === -1 ? -1 : this.slots[found];
  }

  /** Every unit drawn within `reach` CSS px of a unit's mark, itself included, the nearest first. */
  around(slot: number, reach: number): number[] {
    const at = this.slots.subarray(0, this.count).indexOf(slot);
    if (at === -1) return [];
    const found: { slot: number; distance: number }[] = [];
    for (let i = 0; i < this.count; i++) {
      const distance = Math.hypot(
        this.data[i * STRIDE] - this.data[at * STRIDE],
        this.data[i * STRIDE + 1] - this.data[at * STRIDE + 1],
      );
      if (distance <= reach) found.push({ slot: this.slots[i], distance });
    }
    return found.sort((a, b) => a.distance - b.distance).map((each) => each.slot);
  }

  /** The units that a count stands for. */
  crowd(index: number): number[] {
    const square = this.crowds.squares[index];
    const slots: number[] = [];
    for (let i = 0; i < this.near; i++) {
      if (this.nearSquare[i] === square) slots.push(this.nearSlots[i]);
    }
    return slots;
  }

  private gather(devices: DeviceStore, view: View, now: number, marked: Marked): void {
    const { glide, ids } = devices;
    const size = worldSize(view.zoom);
    const centreX = mercatorX(view.lon);
    const centreY = mercatorY(view.lat);
    const [halfWidth, halfHeight] = [view.width / 2, view.height / 2];
    this.crowds.begin(view, centreX, centreY);
    const { margin } = this.crowds;
    this.near = 0;
    for (let slot = 0; slot < devices.end; slot++) {
      if (ids[slot] === null) continue;
      const part = glide.partOf(slot, now);
      let dx = glide.xAt(slot, part) - centreX;
      dx -= Math.round(dx);
      const x = dx * size + halfWidth;
      const y = (glide.yAt(slot, part) - centreY) * size + halfHeight;
      // A unit without a position is never within: its x is NaN.
      if (!(x > -margin && y > -margin && x < view.width + margin && y < view.height + margin)) continue;
      const layer = layerOf(devices, slot, marked);
      const i = this.near++;
      this.nearSlots[i] = slot;
      this.nearX[i] = x;
      this.nearY[i] = y;
      this.nearLayer[i] = layer;
      this.nearSquare[i] = layer === ON_TOP ? -1 : this.crowds.add(x, y, devices.state[slot] >= STALE);
    }
  }

  /** Takes those that are drawn one by one, layer by layer. */
  private arrange(view: View): void {
    const starts = this.layerStart.fill(0);
    const isDrawn = (i: number) =>
      !this.crowds.isCrowd(this.nearSquare[i]) &&
      this.nearX[i] > -MARGIN_PX &&
      this.nearY[i] > -MARGIN_PX &&
      this.nearX[i] < view.width + MARGIN_PX &&
      this.nearY[i] < view.height + MARGIN_PX;
    for (let i = 0; i < this.near; i++) {
      if (isDrawn(i)) starts[this.nearLayer[i] + 1]++;
    }
    for (let layer = 1; layer <= LAYERS; layer++) starts[layer] += starts[layer - 1];
    this.count = starts[LAYERS];
    for (let i = 0; i < this.near; i++) {
      if (!isDrawn(i)) continue;
      const at = starts[this.nearLayer[i]]++;
      this.slots[at] = this.nearSlots[i];
      this.data[at * STRIDE] = this.nearX[i];
      this.data[at * STRIDE + 1] = this.nearY[i];
    }
  }

  private describe(devices: DeviceStore, slot: number, i: number, moment: Moment, marked: Marked): void {
    const { glide } = devices;
    const heading = glide.heading[slot];
    const shape = devices.shape[slot];
    const at = i * STRIDE;
    this.data[at + 2] = Number.isNaN(heading) ? 0 : (heading * Math.PI) / 180;
    this.data[at + 3] = shape === VEHICLE && Number.isNaN(heading) ? NO_HEADING : shape;
    this.data[at + 4] = lookOf(devices, slot, moment.server);
    this.data[at + 5] = devices.alarm[slot] + (slot === marked.selected ? 2 : marked.watched.has(slot) ? 4 : 0);
    if (glide.partOf(slot, moment.now) < 1) {
      this.pace = Math.max(this.pace, glide.paceOf(slot));
    }
  }

  private reserve(units: number): void {
    if (this.slots.length < units) {
      const size = units * 2;
      this.slots = new Int32Array(size);
      this.data = new Float32Array(size * STRIDE);
      this.nearSlots = new Int32Array(size);
      this.nearX = new Float32Array(size);
      this.nearY = new Float32Array(size);
      this.nearSquare = new Int32Array(size);
      this.nearLayer = new Uint8Array(size);
    }
  }
}

function lookOf(devices: DeviceStore, slot: number, server: number): number {
  const state = devices.state[slot];
  return state === MOVING && server - devices.seenAt(slot) > LATE_MS ? LATE : state;
}

/** From below: offline, online, stale (it wants a look), alarms and what is marked. */
function layerOf(devices: DeviceStore, slot: number, marked: Marked): number {
  if (slot === marked.selected || devices.alarm[slot] === 1 || marked.watched.has(slot)) {
    return ON_TOP;
  }
  const state = devices.state[slot];
  return state === STALE ? 2 : state === OFFLINE ? 0 : 1;
}
