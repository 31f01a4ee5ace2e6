import type { MapHandle } from '../map/mapHandle';
import { pixelRatioOf } from '../map/pixelRatio';
import { project, turn, worldSize } from '../map/projection';
import type { TrackPoint } from '../unit/track';
import type { Stop } from './stops';

/** Speeds in km/h from which a stroke is wider and lighter: by width first, then by colour. */
const BANDS = [
  { from: 0, width: 2, night: '#6d4fa8', day: '#b394e6' },
  { from: 20, width: 3.5, night: '#a371f7', day: '#7a3fd6' },
  { from: 50, width: 5, night: '#d2bbff', day: '#4a1a94' },
] as const;
const HOLE_MS = 60_000;

export interface Shown {
  readonly points: readonly TrackPoint[];
  readonly stops: readonly Stop[];
  readonly head: TrackPoint | null;
}

/** A unit's past on a canvas of its own above the map: speeds by width, stops as squares, and where it was. */
export class HistoryLayer {
  private readonly canvas = document.createElement('canvas');
  private readonly context = this.canvas.getContext('2d');
  private shown: Shown = { points: [], stops: [], head: null };
  private readonly onRender = () => { this.draw(); };

  constructor(private readonly handle: MapHandle) {
    this.canvas.className = 'marker-canvas history-canvas';
    this.canvas.setAttribute('aria-hidden', 'true');
    handle.map.getCanvasContainer().append(this.canvas);
    handle.map.on('render', this.onRender);
  }

  show(shown: Shown): void {
    this.shown = shown;
    this.draw();
  }

  /** Brings a whole track into view, beside the panel that covers the lower left. */
  fit(points: readonly TrackPoint[]): void {
    // Counted on from the first, so that a track across the 180th meridian is no way round the world.
    const lons = points.map(({ lon }) => points[0].lon + turn(points[0].lon, lon));
    const lats = points.map(({ lat }) => lat);
    const { width, height } = this.handle.view();
    const phone = width < 600;
    this.handle.map.fitBounds(
      [[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]],
      {
        padding: { top: 70, right: 70, bottom: phone ? height / 2 : 40, left: phone ? 30 : Math.min(430, width / 2) },
        maxZoom: 16,
        animate: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      },
    );
  }

  close(): void {
    this.handle.map.off('render', this.onRender);
    this.canvas.remove();
  }

  private draw(): void {
    const { context, canvas } = this;
    if (!context) return;
    const view = this.handle.view();
    const ratio = pixelRatioOf(canvas);
    const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    const day = document.documentElement.dataset.theme === 'day';
    const place = (point: { lon: number; lat: number }) => project(view, point.lon, point.lat);
    this.line(context, place, day);
    for (const stop of this.shown.stops) {
      const [x, y] = place(stop);
      context.fillStyle = day ? '#ffffff' : '#0b0f14';
      context.strokeStyle = day ? '#4a1a94' : '#d2bbff';
      context.lineWidth = 2;
      context.beginPath();
      context.rect(x - 5, y - 5, 10, 10);
      context.fill();
      context.stroke();
    }
    if (this.shown.head) this.head(context, place(this.shown.head), day);
  }

  private line(context: CanvasRenderingContext2D, place: (point: TrackPoint) => readonly [number, number], day: boolean): void {
    const { points } = this.shown;
    context.lineCap = 'round';
    const half = worldSize(this.handle.view().zoom) / 2;
    let band = -1;
    for (let i = 1; i < points.length; i++) {
      const next = bandOf(points[i - 1].speed);
      // What lies opposite to the view's middle is cut there: its two ends are drawn on two sides.
      const cut = Math.abs(place(points[i])[0] - place(points[i - 1])[0]) > half;
      const hole = cut || points[i].timestamp - points[i - 1].timestamp > HOLE_MS;
      if (next !== band || hole) {
        if (band >= 0) context.stroke();
        band = hole ? -1 : next;
        if (hole) continue;
        context.beginPath();
        context.lineWidth = BANDS[next].width;
        context.strokeStyle = day ? BANDS[next].day : BANDS[next].night;
        context.moveTo(...place(points[i - 1]));
      }
      context.lineTo(...place(points[i]));
    }
    if (band >= 0) context.stroke();
  }

  private head(context: CanvasRenderingContext2D, [x, y]: readonly [number, number], day: boolean): void {
    context.beginPath();
    context.arc(x, y, 9, 0, Math.PI * 2);
    context.fillStyle = day ? '#7a3fd6' : '#a371f7';
    context.fill();
    context.lineWidth = 3;
    context.strokeStyle = '#ffffff';
    context.stroke();
  }
}

function bandOf(speed: number): number {
  const kmh = Number.isNaN(speed) ? 0 : speed * 3.6;
  return kmh >= BANDS[2].from ? 2 : kmh >= BANDS[1].from ? 1 : 0;
}
