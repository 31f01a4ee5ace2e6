import { STATES } from '../devices/store';
import type { DeviceStore } from '../devices/store';
import { radiusOf } from './crowds';
import { STRIDE } from './glProgram';
import type { MarkerFrame } from './markerFrame';
import type { Colours } from './palette';
import { Room } from './room';

const FONT = '600 12px "Inter Variable", sans-serif';
const MOST = 80;
const ALL_FROM_ZOOM = 13;
const STALE_FROM_ZOOM = 11.5;
const STALE = STATES.indexOf('stale');
/** Which names are shown changes at most this often; each moves with its mark on every frame. */
const CHOOSE_MS = 200;
const MARK = 5;
const HEIGHT = 16;

export interface LabelView {
  readonly width: number;
  readonly height: number;
  readonly zoom: number;
  readonly selected: number;
  readonly hovered: number;
  readonly now: number;
  /** Whether the map or what is marked has changed since the last frame. */
  readonly changed: boolean;
}

interface Label {
  readonly slot: number;
  readonly name: string;
  readonly dx: number;
  readonly dy: number;
}

/** Writes units' names beside their marks, the most important first, none over another or over a mark. */
export class Labels {
  private readonly widths = new Map<string, number>();
  private readonly room = new Room();
  private shown: Label[] = [];
  /** By slot: 1 + its place in `shown`, 0 for none. */
  private place = new Uint8Array(0);
  private chosenAt = -Infinity;

  constructor(private readonly context: CanvasRenderingContext2D) {}

  isEmpty(): boolean {
    return this.shown.length === 0;
  }

  /** Decides which names are shown and on which side of their marks; seldom anew while the map rests. */
  choose(frame: MarkerFrame, devices: DeviceStore, view: LabelView): void {
    if (!view.changed && view.now - this.chosenAt < CHOOSE_MS) return;
    this.chosenAt = view.now;
    this.context.font = FONT;
    const before = new Map(this.shown.map((label) => [label.slot, label]));
    if (this.place.length < devices.end) this.place = new Uint8Array(devices.end * 2);
    this.place.fill(0);
    this.shown = [];
    this.room.clear(view.width, view.height);
    const { crowds } = frame;
    for (let i = 0; i < crowds.count; i++) this.block(crowds.x[i], crowds.y[i], radiusOf(crowds.units[i]) + 2);
    for (let i = 0; i < frame.count; i++) this.block(frame.data[i * STRIDE], frame.data[i * STRIDE + 1], MARK);
    for (let rank = 0; rank < 3; rank++) {
      // What is shown already comes first, so that names don't take turns.
      for (const known of [true, false]) {
        for (let i = frame.count - 1; i >= 0 && this.shown.length < MOST; i--) {
          const slot = frame.slots[i];
          if (before.has(slot) === known && rankOf(slot, devices, view) === rank) {
            this.take(frame, i, devices, rank === 0, before.get(slot));
          }
        }
      }
    }
  }

  /** Writes the chosen names where their marks are in this frame. */
  draw(frame: MarkerFrame, colours: Colours): void {
    const { context } = this;
    context.font = FONT;
    context.lineWidth = 3;
    context.lineJoin = 'round';
    context.strokeStyle = colours.halo;
    context.fillStyle = colours.text;
    for (let i = 0; i < frame.count; i++) {
      const at = this.place[frame.slots[i]];
      if (at === 0) continue;
      const { name, dx, dy } = this.shown[at - 1];
      const x = Math.round(frame.data[i * STRIDE] + dx);
      const y = Math.round(frame.data[i * STRIDE + 1] + dy);
      context.strokeText(name, x, y);
      context.fillText(name, x, y);
    }
  }

  private take(frame: MarkerFrame, i: number, devices: DeviceStore, always: boolean, before?: Label): void {
    const slot = frame.slots[i];
    const name = devices.names[slot] || (devices.ids[slot] ?? '');
    const width = this.widthOf(name);
    const [x, y] = [frame.data[i * STRIDE], frame.data[i * STRIDE + 1]];
    const gap = frame.data[i * STRIDE + 5] > 0 ? 20 : 13;
    const sides = sidesOf(width, gap);
    if (before) sides.unshift([before.dx, before.dy]);
    const free = sides.find(([dx, dy]) => this.room.isFree(x + dx, y + dy - 12, x + dx + width, y + dy - 12 + HEIGHT));
    if (!free && !always) return;
    const [dx, dy] = free ?? sides[0];
    this.room.take(x + dx, y + dy - 12, x + dx + width, y + dy - 12 + HEIGHT);
    this.shown.push({ slot, name, dx, dy });
    this.place[slot] = this.shown.length;
  }

  private block(x: number, y: number, reach: number): void {
    this.room.take(x - reach, y - reach, x + reach, y + reach);
  }

  private widthOf(name: string): number {
    let width = this.widths.get(name);
    if (width === undefined) {
      width = this.context.measureText(name).width;
      if (this.widths.size > 20_000) this.widths.clear();
      this.widths.set(name, width);
    }
    return width;
  }
}

/** Where a name may stand, the best first: right, left, above, below; from the mark to the text's start. */
function sidesOf(width: number, gap: number): [number, number][] {
  return [[gap, 4], [-gap - width, 4], [-width / 2, -gap], [-width / 2, gap + 10]];
}

/** 0: always; 1: stale, from a middle zoom; 2: the rest, when close; 3: not. */
function rankOf(slot: number, devices: DeviceStore, { zoom, selected, hovered }: LabelView): number {
  if (slot === selected || slot === hovered || devices.alarm[slot] === 1) {
    return 0;
  }
  if (devices.state[slot] === STALE && zoom >= STALE_FROM_ZOOM) {
    return 1;
  }
  return zoom >= ALL_FROM_ZOOM ? 2 : 3;
}
