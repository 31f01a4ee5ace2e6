import type { CellFields } from '../protocol/messages';
import { radiusOf } from './crowds';
import type { Crowds } from './crowds';
import type { Colours } from './palette';
import { project } from './projection';
import type { View } from './projection';

const FONT = '600 11px "Inter Variable", sans-serif';
const BADGE_FONT = '700 10px "Inter Variable", sans-serif';
const TURN = 2 * Math.PI;

/** Draws counts: a disc with how many units stand there, an arc for how many of them are silent. */
export class CountMarks {
  constructor(private readonly context: CanvasRenderingContext2D) {}

  crowds(crowds: Crowds, colours: Colours): void {
    for (let i = 0; i < crowds.count; i++) {
      this.disc(crowds.x[i], crowds.y[i], crowds.units[i], crowds.silent[i] / crowds.units[i], colours);
    }
  }

  /** Counts that the server made, of units that this page doesn't have one by one. */
  cells(cells: readonly CellFields[], view: View, colours: Colours): void {
    for (const { lon, lat, count, alarms } of cells) {
      const [x, y] = project(view, lon, lat);
      if (x < -30 || y < -30 || x > view.width + 30 || y > view.height + 30) continue;
      this.disc(x, y, count, 0, colours);
      if (alarms > 0) this.badge(x, y, radiusOf(count), alarms, colours);
    }
  }

  private disc(x: number, y: number, units: number, silent: number, colours: Colours): void {
    const { context } = this;
    const radius = radiusOf(units);
    context.beginPath();
    context.arc(x, y, radius, 0, TURN);
    context.fillStyle = colours.disc;
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = colours.discEdge;
    context.stroke();
    if (silent > 0) {
      context.beginPath();
      context.arc(x, y, radius, -TURN / 4, -TURN / 4 + TURN * silent);
      context.lineWidth = 3;
      context.strokeStyle = colours.silent;
      context.stroke();
    }
    this.write(shortCount(units), x, y, FONT, colours.text);
  }

  private badge(x: number, y: number, radius: number, alarms: number, colours: Colours): void {
    const { context } = this;
    context.beginPath();
    context.arc(x, y, radius + 5, 0, TURN);
    context.lineWidth = 2;
    context.strokeStyle = colours.alarm;
    context.stroke();
    context.beginPath();
    context.roundRect(x + radius - 8, y - radius - 10, 27, 15, 7);
    context.fillStyle = colours.alarm;
    context.fill();
    this.write(`▲${shortCount(alarms)}`, x + radius + 5.5, y - radius - 2.5, BADGE_FONT, colours.alarmText);
  }

  private write(text: string, x: number, y: number, font: string, colour: string): void {
    const { context } = this;
    context.font = font;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillStyle = colour;
    context.fillText(text, x, y + 0.5);
    context.textAlign = 'start';
    context.textBaseline = 'alphabetic';
  }
}

/** The cell whose count is drawn at a point (CSS px), or null. */
export function cellAt(cells: readonly CellFields[], view: View, x: number, y: number): CellFields | null {
  return (
    cells.find(({ lon, lat, count }) => {
      const [cellX, cellY] = project(view, lon, lat);
      return Math.hypot(cellX - x, cellY - y) <= radiusOf(count) + 2;
    }) ?? null
  );
}

/** 7, 412, 1.2k, 34k. */
export function shortCount(units: number): string {
  if (units < 1_000) return String(units);
  return units < 10_000 ? `${String(Math.floor(units / 100) / 10)}k` : `${String(Math.floor(units / 1_000))}k`;
}
