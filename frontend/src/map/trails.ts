import type { DeviceStore } from '../devices/store';
import type { Track } from '../unit/trackFeed';
import type { Colours } from './palette';
import { mercatorX, mercatorY, worldSize } from './projection';
import type { View } from './projection';

/** Nothing is known of a unit for so long between two of its points: the line there is a guess, and is dashed. */
const UNKNOWN_MS = 60_000;
const STEP_PX = 1.5;
/** The older a third of the trail, the fainter. */
const FADES = [0.35, 0.55, 0.85];
const DASHES = [2, 6];

interface Trail {
  readonly times: Float64Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Draws where some units were in their last minutes, up to where each is drawn at this moment. */
export class Trails {
  private readonly trails = new Map<string, Trail>();

  get isEmpty(): boolean {
    return this.trails.size === 0;
  }

  show(id: string, { recorded, recent }: Track): void {
    const points = [...recorded, ...recent];
    this.trails.set(id, {
      times: Float64Array.from(points, (point) => point.timestamp),
      x: Float64Array.from(points, (point) => mercatorX(point.lon)),
      y: Float64Array.from(points, (point) => mercatorY(point.lat)),
    });
  }

  hide(id: string): void {
    this.trails.delete(id);
  }

  draw(context: CanvasRenderingContext2D, devices: DeviceStore, view: View, now: number, colours: Colours): void {
    context.strokeStyle = colours.trail;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.lineWidth = Math.min(6, Math.max(2.5, 2.5 + (view.zoom - 11) * 0.5));
    for (const [id, trail] of this.trails) {
      this.line(context, trail, headOf(devices, id, now), view);
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  private line(context: CanvasRenderingContext2D, trail: Trail, head: Head | null, view: View): void {
    const pen = new Pen(context, view);
    const { times, x, y } = trail;
    for (let i = 0; i < times.length; i++) {
      const fade = FADES[Math.min(FADES.length - 1, Math.floor((i / times.length) * FADES.length))];
      pen.to(x[i], y[i], fade, i > 0 && times[i] - times[i - 1] > UNKNOWN_MS);
    }
    if (head && times.length > 0) {
      pen.to(head.x, head.y, FADES[FADES.length - 1], head.time - times[times.length - 1] > UNKNOWN_MS);
    }
    pen.lift();
  }
}

interface Head {
  readonly x: number;
  readonly y: number;
  readonly time: number;
}

/** Where the unit is drawn: the trail ends under its mark. */
function headOf(devices: DeviceStore, id: string, now: number): Head | null {
  const slot = devices.slotOf(id);
  if (slot === undefined) return null;
  const part = devices.glide.partOf(slot, now);
  const x = devices.glide.xAt(slot, part);
  return Number.isNaN(x) ? null : { x, y: devices.glide.yAt(slot, part), time: devices.timestamp[slot] };
}

/** Draws a line in strokes of one fade and dash each, leaving out steps that nobody could see. */
class Pen {
  private readonly size: number;
  private readonly centreX: number;
  private readonly centreY: number;
  private lastX = Number.NaN;
  private lastY = Number.NaN;
  private fade = 0;
  private dashed = false;

  constructor(
    private readonly context: CanvasRenderingContext2D,
    private readonly view: View,
  ) {
    this.size = worldSize(view.zoom);
    this.centreX = mercatorX(view.lon);
    this.centreY = mercatorY(view.lat);
  }

  to(worldX: number, worldY: number, fade: number, dashed: boolean): void {
    let dx = worldX - this.centreX;
    dx -= Math.round(dx);
    const x = dx * this.size + this.view.width / 2;
    const y = (worldY - this.centreY) * this.size + this.view.height / 2;
    if (Number.isNaN(this.lastX)) {
      this.context.beginPath();
      this.context.moveTo(x, y);
      this.fade = fade;
    } else {
      if (Math.abs(x - this.lastX) + Math.abs(y - this.lastY) < STEP_PX && !dashed) return;
      if (fade !== this.fade || dashed !== this.dashed) this.turn(fade, dashed);
      // What lies opposite to the view's middle is cut there: its two ends are drawn on two sides.
      if (Math.abs(x - this.lastX) > this.size / 2) this.context.moveTo(x, y);
      else this.context.lineTo(x, y);
    }
    this.lastX = x;
    this.lastY = y;
  }

  lift(): void {
    this.context.globalAlpha = this.fade;
    this.context.setLineDash(this.dashed ? DASHES : []);
    this.context.stroke();
  }

  private turn(fade: number, dashed: boolean): void {
    this.lift();
    this.fade = fade;
    this.dashed = dashed;
    this.context.beginPath();
    this.context.moveTo(this.lastX, this.lastY);
  }
}
