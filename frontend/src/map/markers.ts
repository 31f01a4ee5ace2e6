import type { DeviceStore } from '../devices/store';
import { MarkerProgram } from './glProgram';
import { Labels } from './labels';
import { MarkerFrame } from './markerFrame';
import { paletteOf } from './palette';
import type { View } from './projection';

/** A glide is drawn when an eye could see it: every half pixel, but at least and at most this often. */
const STEP_PX = 0.5;
const SHORTEST_MS = 16;
const LONGEST_MS = 250;
/** News is drawn at once, but a busy fleet not more often than this. */
const BUSY_MS = 33;

/**
 * Draws every unit on two canvases above the map (marks in WebGL, names in 2D), so that a moving
 * unit doesn't repaint the map below. Owns its own animation frame; all on the browser's one thread.
 */
export class MarkerLayer {
  readonly frame = new MarkerFrame();
  private readonly marks = document.createElement('canvas');
  private readonly names = document.createElement('canvas');
  private readonly labels: Labels | null;
  private program: MarkerProgram | null = null;
  private view: View | null = null;
  private selected: string | null = null;
  private hovered = -1;
  private vouched = true;
  private drawnAt = -Infinity;
  private pending: { readonly due: number; readonly cancel: () => void } | null = null;
  private closed = false;
  private readonly stopListening: () => void;

  constructor(
    host: HTMLElement,
    private readonly devices: DeviceStore,
  ) {
    for (const canvas of [this.marks, this.names]) {
      canvas.className = 'marker-canvas';
      canvas.setAttribute('aria-hidden', 'true');
      host.append(canvas);
    }
    const context = this.names.getContext('2d');
    this.labels = context && new Labels(context);
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
    this.view = view;
    this.draw();
  }

  select(id: string | null): void {
    this.selected = id;
    this.soon(0);
  }

  hover(slot: number): void {
    if (slot !== this.hovered) {
      this.hovered = slot;
      this.soon(0);
    }
  }

  /** Whether the picture can be vouched for; without, units lose their colour. */
  vouch(vouched: boolean): void {
    this.vouched = vouched;
    this.soon(0);
  }

  close(): void {
    this.closed = true;
    this.stopListening();
    this.pending?.cancel();
    this.marks.remove();
    this.names.remove();
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
    const ratio = window.devicePixelRatio || 1;
    const selected = this.selected === null ? -1 : (this.devices.slotOf(this.selected) ?? -1);
    fit(this.marks, view, ratio);
    fit(this.names, view, ratio);
    this.frame.fill(this.devices, view, now, selected);
    program.draw(this.frame.data, this.frame.count, {
      width: view.width,
      height: view.height,
      ratio,
      scale: scaleOf(view.zoom),
      palette: paletteOf(this.vouched),
    });
    this.labels?.draw(this.frame, this.devices, { ratio, zoom: view.zoom, selected, hovered: this.hovered });
    this.drawnAt = now;
    if (this.frame.pace > 0) {
      this.soon(Math.min(LONGEST_MS, Math.max(SHORTEST_MS, STEP_PX / this.frame.pace)));
    }
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
