import {
  BATTERY, HAS_CONDITION, HAS_POSITION, HAS_RECEIVED, HAS_VITALS, HEADING, LAT, LON, RECEIVED, SIGNAL, SPEED, TIMESTAMP,
} from '../protocol/binary';
import type { DeviceFields, UnitState } from '../protocol/messages';
import { GlideTrack } from './glide';
import { grown } from './grown';
import { RecentPaths } from './recentPaths';

export const STATES: readonly UnitState[] = ['moving', 'stopped', 'stale', 'offline'];
export type Shape = 'vehicle' | 'camera' | 'sensor' | 'other';
const NO_GROUPS: readonly string[] = [];
const SHAPES: readonly Shape[] = ['vehicle', 'camera', 'sensor', 'other'];

/** One unit as a person reads it; a copy, made when asked for. Missing figures are NaN. */
export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly shape: Shape;
  readonly state: UnitState;
  readonly groups: readonly string[];
  readonly alarm: boolean;
  readonly skewed: boolean;
  readonly lon: number;
  readonly lat: number;
  readonly heading: number;
  readonly speed: number;
  readonly battery: number;
  readonly signal: number;
  /** Server's epoch ms of the position shown, for its age; NaN before the first. */
  readonly seenAt: number;
}

export interface Counts {
  readonly total: number;
  readonly online: number;
  readonly stale: number;
  readonly offline: number;
  readonly alarms: number;
}

/**
 * Every unit's newest state, in slots of typed arrays outside React: the map reads the arrays on its
 * frame, lists take copies once a second. Lives on the browser's one thread.
 */
export class DeviceStore {
  /** Slots below this may be in use; `id[slot]` is null for a free one. */
  end = 0;
  /** Whether a snapshot has come whole: before that nobody knows that there are no units. */
  pictured = false;
  /** Counts changes of who is there and what they are called, for those who keep an order. */
  membership = 0;
  /** The seenAt of the newest position of all; NaN before the first. */
  newestAt = Number.NaN;
  readonly ids: (string | null)[] = [];
  readonly names: string[] = [];
  readonly kinds: string[] = [];
  readonly groups: (readonly string[])[] = [];
  readonly glide = new GlideTrack();
  readonly paths = new RecentPaths();
  timestamp = new Float64Array(0);
  received = new Float64Array(0);
  speed = new Float32Array(0);
  battery = new Float32Array(0);
  signal = new Float32Array(0);
  /** Index into {@link STATES}. */
  state = new Uint8Array(0);
  /** Index into shapes: vehicle, camera, sensor, other. */
  shape = new Uint8Array(0);
  alarm = new Uint8Array(0);
  skewed = new Uint8Array(0);

  private readonly slots = new Map<string, number>();
  private readonly free: number[] = [];
  private readonly changeListeners = new Set<() => void>();
  private inSnapshot: Set<string> | null = null;
  private frameAt = 0;

  constructor(private readonly monotonic: () => number) {}

  onChange(listener: () => void): () => void {
    this.changeListeners.add(listener);
    return () => this.changeListeners.delete(listener);
  }

  /** How many units there are. */
  size(): number {
    return this.slots.size;
  }

  slotOf(id: string): number | undefined {
    return this.slots.get(id);
  }

  /** One part of a snapshot; with the last part, units that were in none of them are gone. */
  replace(devices: readonly DeviceFields[], more: boolean): void {
    const seen = this.inSnapshot ?? this.snapshotBegins();
    for (const device of devices) {
      seen.add(device.id);
      const known = this.slots.get(device.id);
      if (known !== undefined) {
        this.forget(known);
      }
      this.apply(device);
    }
    if (!more) {
      this.snapshotEnds();
    }
    this.changed();
  }

  /** The first part of a snapshot; gives the set of units that are in it so far. */
  snapshotBegins(): Set<string> {
    this.newestAt = Number.NaN;
    this.inSnapshot = new Set();
    return this.inSnapshot;
  }

  /** A connection begins: what came of a snapshot on the one before is no part of the next. */
  connectionBegins(): void {
    this.inSnapshot = null;
  }

  /** After the last part: units that were in none of them are gone. */
  snapshotEnds(): void {
    const seen = this.inSnapshot;
    this.inSnapshot = null;
    this.pictured = true;
    for (const id of this.slots.keys()) {
      if (seen !== null && !seen.has(id)) {
        this.drop(id);
      }
    }
  }

  /** A binary message begins: all of its units move at one moment. */
  frameBegins(): void {
    this.frameAt = this.monotonic();
  }

  frameEnds(): void {
    this.changed();
  }

  /** The unit's slot, for what follows of it; in a snapshot, nothing that was known of it holds on. */
  identify(
    id: string,
    name: string | null,
    kind: string | null,
    groups: readonly string[],
    snapshot: boolean,
  ): number {
    const slot = this.slots.get(id) ?? this.seat(id);
    if (snapshot) {
      this.inSnapshot?.add(id);
      this.forget(slot);
    }
    this.call(slot, name ?? '');
    this.sort(slot, kind ?? '');
    this.groups[slot] = groups;
    return slot;
  }

  /** A unit's news in place: `has` says which of the values (of `protocol/binary`) there are. */
  take(slot: number, has: number, values: Float64Array, condition: number): void {
    if ((has & HAS_CONDITION) !== 0) {
      this.state[slot] = condition & 3;
      this.alarm[slot] = (condition >> 2) & 1;
    }
    if ((has & HAS_VITALS) !== 0) {
      this.battery[slot] = values[BATTERY];
      this.signal[slot] = values[SIGNAL];
    }
    const { glide } = this;
    if (!Number.isNaN(glide.toLon[slot]) && values[TIMESTAMP] < this.timestamp[slot]) {
      return;
    }
    this.timestamp[slot] = values[TIMESTAMP];
    if ((has & HAS_CONDITION) !== 0) this.skewed[slot] = (condition >> 3) & 1;
    if ((has & (HAS_POSITION | HAS_RECEIVED)) !== 0) this.received[slot] = values[RECEIVED];
    if ((has & HAS_POSITION) !== 0) {
      this.speed[slot] = values[SPEED];
      glide.heading[slot] = values[HEADING];
      this.moves(slot, values[LON], values[LAT], this.frameAt);
    }
  }

  /** The unit in a slot is gone. */
  vacate(slot: number): void {
    const id = this.ids[slot];
    if (id !== null) this.drop(id);
  }

  /** What changed of some units. An older position than the one shown moves nothing. */
  update(devices: readonly DeviceFields[]): void {
    for (const device of devices) {
      this.apply(device);
    }
    this.changed();
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) {
      this.drop(id);
    }
    this.changed();
  }

  unit(slot: number): Unit {
    const id = this.ids[slot] ?? '';
    return {
      id,
      name: this.names[slot] || id,
      kind: this.kinds[slot],
      shape: SHAPES[this.shape[slot]],
      state: STATES[this.state[slot]],
      groups: this.groups[slot],
      alarm: this.alarm[slot] === 1,
      skewed: this.skewed[slot] === 1,
      lon: this.glide.toLon[slot],
      lat: this.glide.toLat[slot],
      heading: this.glide.heading[slot],
      speed: this.speed[slot],
      battery: this.battery[slot],
      signal: this.signal[slot],
      seenAt: this.seenAt(slot),
    };
  }

  /** Server's epoch ms that a position's age counts from: the earlier of its order and its arrival. */
  seenAt(slot: number): number {
    const received = this.received[slot];
    return Number.isNaN(received) ? this.timestamp[slot] : Math.min(this.timestamp[slot], received);
  }

  unitById(id: string): Unit | null {
    const slot = this.slots.get(id);
    return slot === undefined ? null : this.unit(slot);
  }

  units(): Unit[] {
    const all: Unit[] = [];
    for (const slot of this.slots.values()) {
      all.push(this.unit(slot));
    }
    return all;
  }

  counts(): Counts {
    const byState = [0, 0, 0, 0];
    let alarms = 0;
    for (const slot of this.slots.values()) {
      byState[this.state[slot]]++;
      alarms += this.alarm[slot];
    }
    const [moving, stopped, stale, offline] = byState;
    return { total: this.slots.size, online: moving + stopped, stale, offline, alarms };
  }

  private apply(device: DeviceFields): void {
    const slot = this.slots.get(device.id) ?? this.seat(device.id);
    this.describe(slot, device);
    const hasPosition = !Number.isNaN(this.glide.toLon[slot]);
    if (hasPosition && device.timestamp < this.timestamp[slot]) {
      return;
    }
    this.timestamp[slot] = device.timestamp;
    if (device.received !== undefined) this.received[slot] = device.received;
    if (device.skewed !== undefined) this.skewed[slot] = device.skewed ? 1 : 0;
    if (device.speed !== undefined) this.speed[slot] = device.speed ?? Number.NaN;
    if (device.heading !== undefined) this.glide.heading[slot] = device.heading ?? Number.NaN;
    if (device.lon !== undefined && device.lat !== undefined) {
      this.moves(slot, device.lon, device.lat, this.monotonic());
    }
  }

  /** A newer position, its times and speed being known already. */
  private moves(slot: number, lon: number, lat: number, now: number): void {
    this.glide.to(slot, lon, lat, now);
    this.paths.add(slot, this.timestamp[slot], lon, lat, this.speed[slot]);
    const seenAt = this.seenAt(slot);
    if (!(seenAt <= this.newestAt)) this.newestAt = seenAt;
  }

  /** What isn't bound to a position's order. */
  private describe(slot: number, device: DeviceFields): void {
    if (device.name !== undefined) this.call(slot, device.name ?? '');
    if (device.kind !== undefined) this.sort(slot, device.kind ?? '');
    if (device.groups !== undefined) this.groups[slot] = device.groups;
    if (device.state !== undefined) this.state[slot] = STATES.indexOf(device.state);
    if (device.alarm !== undefined) this.alarm[slot] = device.alarm ? 1 : 0;
    if (device.battery !== undefined) this.battery[slot] = device.battery ?? Number.NaN;
    if (device.signal !== undefined) this.signal[slot] = device.signal ?? Number.NaN;
  }

  private call(slot: number, name: string): void {
    if (name !== this.names[slot]) {
      this.names[slot] = name;
      this.membership++;
    }
  }

  private sort(slot: number, kind: string): void {
    this.kinds[slot] = kind;
    this.shape[slot] = shapeOf(kind);
  }

  private seat(id: string): number {
    const slot = this.free.pop() ?? this.end++;
    if (slot >= this.timestamp.length) {
      this.grow(Math.max(256, this.timestamp.length * 2));
    }
    this.ids[slot] = id;
    this.slots.set(id, slot);
    this.membership++;
    this.forget(slot);
    this.paths.clear(slot);
    return slot;
  }

  private forget(slot: number): void {
    this.names[slot] = '';
    this.kinds[slot] = '';
    this.groups[slot] = NO_GROUPS;
    this.timestamp[slot] = this.received[slot] = Number.NaN;
    this.speed[slot] = this.battery[slot] = this.signal[slot] = Number.NaN;
    this.state[slot] = STATES.indexOf('offline');
    this.shape[slot] = SHAPES.indexOf('other');
    this.alarm[slot] = this.skewed[slot] = 0;
    this.glide.clear(slot);
  }

  private drop(id: string): void {
    const slot = this.slots.get(id);
    if (slot !== undefined) {
      this.slots.delete(id);
      this.membership++;
      this.ids[slot] = null;
      this.forget(slot);
      this.free.push(slot);
    }
  }

  private grow(size: number): void {
    this.timestamp = grown(this.timestamp, new Float64Array(size));
    this.received = grown(this.received, new Float64Array(size));
    this.speed = grown(this.speed, new Float32Array(size));
    this.battery = grown(this.battery, new Float32Array(size));
    this.signal = grown(this.signal, new Float32Array(size));
    this.state = grown(this.state, new Uint8Array(size));
    this.shape = grown(this.shape, new Uint8Array(size));
    this.alarm = grown(this.alarm, new Uint8Array(size));
    this.skewed = grown(this.skewed, new Uint8Array(size));
    this.glide.grow(size);
    this.paths.grow(size);
  }

  private changed(): void {
    for (const listener of this.changeListeners) {
      listener();
    }
  }
}

function shapeOf(kind: string): number {
  const known = SHAPES.indexOf(kind as Shape);
  return known === -1 ? SHAPES.indexOf('other') : known;
}
