import type { DeviceStore } from '../devices/store';
import type { CellFields } from '../protocol/messages';
import { CountMarks, cellAt } from './countMarks';
import { MarkerProgram } from './glProgram';
import { Labels } from './labels';
import { MarkerFrame } from './markerFrame';
import type { Marked } from './markerFrame';
import { coloursOf, markPalette } from './palette';
import type { Theme } from './palette';
import { pixelRatioOf } from './pixelRatio';
import type { View } from './projection';
import { Trails } from './trails';

/** A glide is drawn when an eye could see it: every half pixel, but at least and at most this often. */
const STEP_PX = 0.5;
const SHORTEST_MS = 16;
const LONGEST_MS = 250;
/** News is drawn at once, but a busy fleet not more often than this. */
const BUSY_MS = 33;
/** Counts change at a rate that a person can read; with the map, or with a trail under a moving unit, each frame. */
const COUNTS_MS = 250;
/** With nothing new, units still grow late. */
const AGEING_MS = 1_000;

/** The server's epoch ms, or null before its first word. */
export type ServerNow = () => number | null;

/**
 * Draws every unit on canvases above the map (trails and counts in 2D, marks in WebGL, names in 2D), so
 * that a moving unit doesn't repaint the map. Owns its own animation frame; all on the browser's one thread.
 */
export class MarkerLayer {
  readonly frame = new MarkerFrame();
  /** What drawing has cost since the page was opened. */
  readonly spent = { drawings: 0, ms: 0 };
  readonly trails = new Trails();
  private readonly ground = document.createElement('canvas');
  private readonly marks = document.createElement('canvas');
  private readonly names = document.createElement('canvas');
  private readonly groundContext: CanvasRenderingContext2D | null;
  private readonly context: CanvasRenderingContext2D | null;
  private readonly labels: Labels | null;
  private readonly counts: CountMarks | null;
  private program: MarkerProgram | null = null;
  private view: View | null = null;
  private ratio = 1;
  private selected: string | null = null;
  private watched: ReadonlySet<string> = new Set();
  private cells: readonly CellFields[] = [];
  private hovered = -1;
  private theme: Theme = 'night';
  private vouched = true;
  private colours = coloursOf('night', true);
  private palette = markPalette(this.colours);
  private drawnAt = -Infinity;
  private groundAt = -Infinity;
  private changed = true;
  private pending: { readonly due: number; readonly cancel: () => void } | null = null;
  private closed = false;
  private readonly stopListening: () => void;

  constructor(
    host: HTMLElement,
    private readonly devices: DeviceStore,
    private readonly serverNow: ServerNow,
  ) {
    for (const canvas of [this.ground, this.marks, this.names]) {
      canvas.className = 'marker-canvas';
      canvas.setAttribute('aria-hidden', 'true');
      host.append(canvas);
    }
    this.groundContext = this.ground.getContext('2d');
    this.context = this.names.getContext('2d');
    this.labels = this.context && new Labels(this.context);
    this.counts = this.groundContext && new CountMarks(this.groundContext);
    this.marks.addEventListener('webglcontextlost', (event) => {
      event.preventDefault();
      this.program = null;
    });
    this.marks.addEventListener('webglcontextrestored', () => {
      this.open();
      this.soon(0);
    });
    this.open();
    this.stopListening = devices.onChange(() => {
      this.soon(BUSY_MS);
    });
  }

  /** The map was drawn with this view: the marks follow in the same frame. */
  follow(view: View): void {
    this.ratio = pixelRatioOf(this.marks);
    this.view = view;
    this.changed = true;
    this.draw();
  }

  select(id: string | null): void {
    this.selected = id;
    this.again();
  }

  /** Units that are always drawn one by one, ringed. */
  watch(ids: ReadonlySet<string>): void {
    this.watched = ids;
    this.again();
  }

  hover(slot: number): void {
    if (slot !== this.hovered) {
      this.hovered = slot;
      this.again();
    }
  }

  /** A trail has changed. */
  trailed(): void {
    this.soon(0);
  }

  /** Counts by the server, of units that are not in the store. */
  showCells(cells: readonly CellFields[]): void {
    this.cells = cells;
    this.again();
  }

  /** The server's count drawn at a point (CSS px), or null. */
  cellAt(x: number, y: number): CellFields | null {
    const { view } = this;
    return view ? cellAt(this.cells, view, x, y) : null;
  }

  /** Whether the picture can be vouched for; without, units lose their colour. */
  vouch(vouched: boolean): void {
    this.vouched = vouched;
    this.recolour();
  }

  dress(theme: Theme): void {
    this.theme = theme;
    this.recolour();
  }

  close(): void {
    this.closed = true;
    this.stopListening();
    this.pending?.cancel();
    for (const canvas of [this.ground, this.marks, this.names]) canvas.remove();
  }

  private recolour(): void {
    this.colours = coloursOf(this.theme, this.vouched);
    this.palette = markPalette(this.colours);
    this.again();
  }

  private again(): void {
    this.changed = true;
    this.soon(0);
  }

  private open(): void {
    const gl = this.marks.getContext('webgl2', { alpha: true, premultipliedAlpha: true, antialias: false });
    this.program = gl && new MarkerProgram(gl);
  }

  /** Draws on a frame at least `gap` ms after the last drawing. */
  private soon(gap: number): void {
    const due = this.drawnAt + gap;
    if (this.closed || (this.pending && this.pending.due <= due)) {
      return;
    }
    this.pending?.cancel();
    const wait = due - performance.now();
    if (wait > SHORTEST_MS) {
      const timer = setTimeout(() => {
        this.pending = null;
        this.onFrame(due);
      }, wait - SHORTEST_MS / 2);
      this.pending = { due, cancel: () => { clearTimeout(timer); } };
    } else {
      this.onFrame(due);
    }
  }

  private onFrame(due: number): void {
    const request = requestAnimationFrame(() => {
      this.draw();
    });
    this.pending = { due, cancel: () => { cancelAnimationFrame(request); } };
  }

  private draw(): void {
    this.pending?.cancel();
    this.pending = null;
    const { view, program } = this;
    if (!view || !program || this.closed) {
      return;
    }
    const now = performance.now();
    const { ratio } = this;
    const scale = scaleOf(view.zoom);
    const marked = this.marked();
    for (const canvas of [this.ground, this.marks, this.names]) fit(canvas, view, ratio);
    this.frame.fill(this.devices, view, { now, server: this.serverNow() ?? Number.NaN }, marked, scale);
    program.draw(this.frame.data, this.frame.count, {
      width: view.width,
      height: view.height,
      ratio,
      scale,
      palette: this.palette,
    });
    this.drawGround(view, ratio, now);
    this.write(view, ratio, marked.selected, now);
    this.drawnAt = now;
    this.changed = false;
    this.spent.drawings++;
    this.spent.ms += performance.now() - now;
    const { pace } = this.frame;
    this.soon(pace > 0 ? Math.min(LONGEST_MS, Math.max(SHORTEST_MS, STEP_PX / pace)) : AGEING_MS);
  }

  /** What lies under the marks. */
  private drawGround(view: View, ratio: number, now: number): void {
    const context = this.groundContext;
    const resting = !this.changed && this.trails.isEmpty && now - this.groundAt < COUNTS_MS;
    if (!context || resting) return;
    this.groundAt = now;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    this.trails.draw(context, this.devices, view, now, this.colours);
    this.counts?.cells(this.cells, view, this.colours);
    this.counts?.crowds(this.frame.crowds, this.colours);
  }

  private write(view: View, ratio: number, selected: number, now: number): void {
    const { context, labels, hovered, changed } = this;
    if (!context || !labels) return;
    const wasEmpty = labels.isEmpty();
    labels.choose(this.frame, this.devices, { ...view, selected, hovered, now, changed });
    if (wasEmpty && labels.isEmpty() && !changed) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    labels.draw(this.frame, this.colours);
  }

  private marked(): Marked {
    const selected = this.selected === null ? -1 : (this.devices.slotOf(this.selected) ?? -1);
    const watched = new Set<number>();
    for (const id of this.watched) {
      const slot = this.devices.slotOf(id);
      if (slot !== undefined) watched.add(slot);
    }
    return { selected, watched };
  }
}

/** Marks are smaller where the whole country is in view, so that a busy town can still be read. */
function scaleOf(zoom: number): number {
  return Math.min(1, Math.max(0.6, 0.6 + (zoom - 10) * 0.16));
}

function fit(canvas: HTMLCanvasElement, view: View, ratio: number): void {
  const width = Math.round(view.width * ratio);
  const height = Math.round(view.height * ratio);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
}
