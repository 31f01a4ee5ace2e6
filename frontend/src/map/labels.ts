import { STATES } from '../devices/store';
import type { DeviceStore } from '../devices/store';
import { STRIDE } from './glProgram';
import type { MarkerFrame } from './markerFrame';

const FONT = '600 12px "Inter Variable", sans-serif';
const MOST = 80;
const ALL_FROM_ZOOM = 13;
const STALE_FROM_ZOOM = 11.5;
const STALE = STATES.indexOf('stale');

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Writes units' names beside their markers, the most important first, none over another. */
export class Labels {
  private readonly widths = new Map<string, number>();
  private readonly placed: Box[] = [];

  constructor(private readonly context: CanvasRenderingContext2D) {}

  draw(
    frame: MarkerFrame,
    devices: DeviceStore,
    view: { ratio: number; zoom: number; selected: number; hovered: number },
  ): void {
    const { context } = this;
    context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    context.font = FONT;
    context.lineWidth = 3;
    context.lineJoin = 'round';
    context.strokeStyle = 'rgba(11, 15, 20, 0.9)';
    context.fillStyle = '#e6edf3';
    this.placed.length = 0;
    for (let rank = 0; rank < 3; rank++) {
      for (let i = frame.count - 1; i >= 0 && this.placed.length < MOST; i--) {
        if (rankOf(frame.slots[i], devices, view) === rank) {
          this.write(frame, i, devices, rank === 0);
        }
      }
    }
  }

  private write(frame: MarkerFrame, i: number, devices: DeviceStore, always: boolean): void {
    const slot = frame.slots[i];
    const name = devices.names[slot] || (devices.ids[slot] ?? '');
    const width = this.widthOf(name);
    const x = Math.round(frame.data[i * STRIDE] + (frame.data[i * STRIDE + 5] > 0 ? 20 : 13));
    const y = Math.round(frame.data[i * STRIDE + 1] + 4);
    const box = { left: x - 3, top: y - 12, right: x + width + 3, bottom: y + 4 };
    if (!always && this.placed.some((other) => overlap(box, other))) {
      return;
    }
    this.placed.push(box);
    this.context.strokeText(name, x, y);
    this.context.fillText(name, x, y);
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

/** 0: always; 1: stale, from a middle zoom; 2: the rest, when close; 3: not. */
function rankOf(
  slot: number,
  devices: DeviceStore,
  { zoom, selected, hovered }: { zoom: number; selected: number; hovered: number },
): number {
  if (slot === selected || slot === hovered || devices.alarm[slot] === 1) {
    return 0;
  }
  if (devices.state[slot] === STALE && zoom >= STALE_FROM_ZOOM) {
    return 1;
  }
  return zoom >= ALL_FROM_ZOOM ? 2 : 3;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
