import { STATES } from '../devices/store';
import type { DeviceStore } from '../devices/store';
import { STRIDE } from './glProgram';
import { mercatorX, mercatorY, worldSize } from './projection';
import type { View } from './projection';

const MARGIN_PX = 30;
const VEHICLE = 0;
const NO_HEADING = 4;
const STALE = STATES.indexOf('stale');
const OFFLINE = STATES.indexOf('offline');
const LAYERS = 4;

/** What one drawn frame holds: the instances for the shader, and which unit each of them is. */
export class MarkerFrame {
  data = new Float32Array(256 * STRIDE);
  slots = new Int32Array(256);
  count = 0;
  /** CSS px a millisecond of the fastest unit still gliding in view. */
  pace = 0;

  /** Fills the frame with the units in view as of `now`; alarms and the selected come last, on top. */
  fill(devices: DeviceStore, view: View, now: number, selected: number): void {
    this.count = 0;
    this.pace = 0;
    this.reserve(devices.end);
    for (let layer = 0; layer < LAYERS; layer++) {
      for (let slot = 0; slot < devices.end; slot++) {
        if (devices.ids[slot] !== null && layerOf(devices, slot, selected) === layer) {
          this.place(devices, view, now, slot, selected);
        }
      }
    }
  }

  /** The unit drawn nearest to a point, within `reach` CSS px; the topmost of equals; -1: none. */
  pick(x: number, y: number, reach: number): number {
    let best = reach;
    let found = -1;
    for (let i = 0; i < this.count; i++) {
      const distance = Math.hypot(this.data[i * STRIDE] - x, this.data[i * STRIDE + 1] - y);
      if (distance <= best) {
        best = distance;
        found = this.slots[i];
      }
    }
    return found;
  }

  private place(devices: DeviceStore, view: View, now: number, slot: number, selected: number): void {
    const { glide } = devices;
    const part = glide.partOf(slot, now);
    const lon = glide.lonAt(slot, part);
    const lat = glide.latAt(slot, part);
    const size = worldSize(view.zoom);
    let dx = mercatorX(lon) - mercatorX(view.lon);
    dx -= Math.round(dx);
    const x = dx * size + view.width / 2;
    const y = (mercatorY(lat) - mercatorY(view.lat)) * size + view.height / 2;
    const inView =
      x > -MARGIN_PX && y > -MARGIN_PX && x < view.width + MARGIN_PX && y < view.height + MARGIN_PX;
    if (!inView) {
      return; // and so is a unit without a position: its x is NaN
    }
    const heading = glide.heading[slot];
    const shape = devices.shape[slot];
    const at = this.count * STRIDE;
    this.data[at] = x;
    this.data[at + 1] = y;
    this.data[at + 2] = Number.isNaN(heading) ? 0 : (heading * Math.PI) / 180;
    this.data[at + 3] = shape === VEHICLE && Number.isNaN(heading) ? NO_HEADING : shape;
    this.data[at + 4] = devices.state[slot];
    this.data[at + 5] = devices.alarm[slot] + (slot === selected ? 2 : 0);
    this.slots[this.count++] = slot;
    if (part < 1) {
      this.pace = Math.max(this.pace, (glide.paceOf(slot, now) / 360) * size);
    }
  }

  private reserve(units: number): void {
    if (this.slots.length < units) {
      this.slots = new Int32Array(units * 2);
      this.data = new Float32Array(units * 2 * STRIDE);
    }
  }
}

/** From below: offline, online, stale (it wants a look), alarms and the selected. */
function layerOf(devices: DeviceStore, slot: number, selected: number): number {
  if (slot === selected || devices.alarm[slot] === 1) {
    return 3;
  }
  const state = devices.state[slot];
  return state === STALE ? 2 : state === OFFLINE ? 0 : 1;
}
