import { worldSize } from './projection';
import type { View } from './projection';

/** Squares are this wide at a whole zoom level, and up to twice that just before the next. */
const SQUARE_PX = 64;
export const SQUARES_PER_TILE = 8;
/** A crowd that is thinning out stays one for a while, so that it doesn't flicker. */
const LEAVES_AT = 0.8;
const MARK_PX = 14;

/**
 * The squares of the map that hold more units than eyes can separate, each drawn as one count instead.
 * Squares lie fast on the world, so that panning changes none of them. Filled anew for each frame.
 */
export class Crowds {
  /** Crowds of this frame: the middle of their units in CSS px, how many, and how many of those are stale or offline. */
  count = 0;
  x = new Float32Array(64);
  y = new Float32Array(64);
  units = new Int32Array(64);
  silent = new Int32Array(64);
  squares = new Int32Array(64);

  private side = SQUARE_PX;
  private columns = 0;
  private offsetX = 0;
  private offsetY = 0;
  private firstColumn = 0;
  private firstRow = 0;
  private level = 0;
  private tally = new Int32Array(0);
  private quiet = new Int32Array(0);
  private sumX = new Float64Array(0);
  private sumY = new Float64Array(0);
  private crowded = new Uint8Array(0);
  private before = new Set<number>();
  private now = new Set<number>();

  /** CSS px around the view within which units are counted, so that a square at the edge is counted whole. */
  get margin(): number {
    return this.side;
  }

  begin(view: View, centreX: number, centreY: number): void {
    const level = Math.max(0, Math.floor(view.zoom));
    if (level !== this.level) this.before.clear();
    this.level = level;
    const size = worldSize(view.zoom);
    const across = SQUARES_PER_TILE * 2 ** level;
    this.side = size / across;
    const left = (centreX * size - view.width / 2 - this.side) / this.side;
    const top = (centreY * size - view.height / 2 - this.side) / this.side;
    this.firstColumn = Math.floor(left);
    this.firstRow = Math.floor(top);
    this.offsetX = (left - this.firstColumn) * this.side + this.side;
    this.offsetY = (top - this.firstRow) * this.side + this.side;
    this.columns = Math.ceil(view.width / this.side) + 4;
    this.reset(this.columns * (Math.ceil(view.height / this.side) + 4));
  }

  /** Counts a unit at a place (CSS px, within the margin); answers its square. */
  add(x: number, y: number, isSilent: boolean): number {
    const square =
      Math.floor((y + this.offsetY) / this.side) * this.columns + Math.floor((x + this.offsetX) / this.side);
    this.tally[square]++;
    this.sumX[square] += x;
    this.sumY[square] += y;
    if (isSilent) this.quiet[square]++;
    return square;
  }

  /** All are in: decides which squares are crowds, for marks drawn at `scale`. */
  settle(scale: number): void {
    const most = crowdAbove(this.side, scale);
    this.now.clear();
    for (let square = 0; square < this.crowded.length; square++) {
      const units = this.tally[square];
      if (units === 0) continue;
      const key = this.keyOf(square);
      if (units > most || (units > most * LEAVES_AT && this.before.has(key))) {
        this.now.add(key);
        this.crowded[square] = 1;
        this.push(square);
      }
    }
    [this.before, this.now] = [this.now, this.before];
  }

  isCrowd(square: number): boolean {
    return square >= 0 && this.crowded[square] === 1;
  }

  /** The crowd whose count is drawn at a point, or -1. */
  pick(x: number, y: number): number {
    for (let i = 0; i < this.count; i++) {
      if (Math.hypot(this.x[i] - x, this.y[i] - y) <= radiusOf(this.units[i]) + 2) return i;
    }
    return -1;
  }

  /** How many units are in crowds. */
  total(): number {
    return this.units.subarray(0, this.count).reduce((sum, units) => sum + units, 0);
  }

  places(): { x: number; y: number }[] {
    return Array.from({ length: this.count }, (_, i) => ({ x: this.x[i], y: this.y[i] }));
  }

  private push(square: number): void {
    if (this.count === this.x.length) this.grow();
    const units = this.tally[square];
    const radius = radiusOf(units);
    const left = (square % this.columns) * this.side - this.offsetX;
    const top = Math.floor(square / this.columns) * this.side - this.offsetY;
    const i = this.count++;
    // Within its square, so that no count lies over its neighbour's.
    this.x[i] = within(this.sumX[square] / units, left + radius, left + this.side - radius);
    this.y[i] = within(this.sumY[square] / units, top + radius, top + this.side - radius);
    this.units[i] = units;
    this.silent[i] = this.quiet[square];
    this.squares[i] = square;
  }

  private keyOf(square: number): number {
    const across = SQUARES_PER_TILE * 2 ** this.level;
    const column = (((this.firstColumn + (square % this.columns)) % across) + across) % across;
    return (this.firstRow + Math.floor(square / this.columns)) * across + column;
  }

  private reset(squares: number): void {
    this.count = 0;
    if (this.tally.length !== squares) {
      this.tally = new Int32Array(squares);
      this.quiet = new Int32Array(squares);
      this.sumX = new Float64Array(squares);
      this.sumY = new Float64Array(squares);
      this.crowded = new Uint8Array(squares);
      return;
    }
    for (const values of [this.tally, this.quiet, this.sumX, this.sumY, this.crowded]) values.fill(0);
  }

  private grow(): void {
    const size = this.x.length * 2;
    const wider = <T extends Float32Array | Int32Array>(from: T, into: T): T => {
      into.set(from);
      return into;
    };
    this.x = wider(this.x, new Float32Array(size));
    this.y = wider(this.y, new Float32Array(size));
    this.units = wider(this.units, new Int32Array(size));
    this.silent = wider(this.silent, new Int32Array(size));
    this.squares = wider(this.squares, new Int32Array(size));
  }
}

/** How many units a square of `side` CSS px still shows one by one: a third more marks than would tile it. */
export function crowdAbove(side: number, scale: number): number {
  return (1.3 * side * side) / (MARK_PX * scale) ** 2;
}

/** CSS px of a count's disc. */
export function radiusOf(units: number): number {
  return units < 100 ? 13 : units < 1_000 ? 16 : units < 10_000 ? 19 : 23;
}

function within(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
