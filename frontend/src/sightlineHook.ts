import type { Live } from './live';
import type { MapHandle } from './map/mapHandle';
import { project } from './map/projection';

/** What `window.sightline` answers: read-only, for tests and for a look from the console. */
export interface SightlineHook {
  /** Where a unit is drawn: degrees, and CSS px within the map; null when it isn't known. */
  unit(id: string): { lon: number; lat: number; x: number; y: number; state: string } | null;
  /** Where a position would be drawn, in CSS px within the map. */
  project(lon: number, lat: number): readonly [number, number] | null;
  /** Whether the map has drawn all that it has loaded. */
  settled(): boolean;
  /** Brings a place to the middle of the map, at once. */
  look(lon: number, lat: number, zoom: number): void;
  phase(): string;
  zoom(): number;
  /** How many units are drawn as part of a count. */
  counted(): number;
  /** How many units the server's counts stand for. */
  countedByServer(): number;
  /** How many units the page knows. */
  known(): number;
  /** How many units are drawn one by one. */
  marked(): number;
  /** CSS px a millisecond of the fastest unit in view that is still gliding. */
  gliding(): number;
  /** Where counts are drawn, in CSS px within the map. */
  counts(): readonly { x: number; y: number }[];
  /** How often the units were drawn since the page was opened, and what of the main thread that took. */
  drawing(): { drawings: number; ms: number };
  /** Main-thread ms that it takes to find the unit at a point, the mean of many. */
  pickMs(): number;
}

declare global {
  interface Window {
    sightline?: SightlineHook;
  }
}

export function exposeSightline(live: Live, handle: MapHandle | null): void {
  if (!handle) {
    delete window.sightline;
    return;
  }
  window.sightline = Object.freeze<SightlineHook>({
    unit(id) {
      const place = handle.drawn(id);
      const unit = live.devices.unitById(id);
      if (!place || !unit || Number.isNaN(place.lon)) return null;
      const [x, y] = project(handle.view(), place.lon, place.lat);
      return { ...place, x, y, state: unit.state };
    },
    project: (lon, lat) => project(handle.view(), lon, lat),
    settled: () => handle.map.loaded() && !handle.map.isMoving(),
    look: (lon, lat, zoom) => { handle.map.jumpTo({ center: [lon, lat], zoom }); },
    phase: () => live.connection.current().phase,
    zoom: () => handle.map.getZoom(),
    counted: () => handle.markers.frame.crowds.total(),
    countedByServer: () => live.cells.reduce((sum, { count }) => sum + count, 0),
    known: () => live.devices.size(),
    marked: () => handle.markers.frame.count,
    gliding: () => handle.markers.frame.pace,
    counts: () => handle.markers.frame.crowds.places(),
    drawing: () => ({ ...handle.markers.spent }),
    pickMs: () => pickMs(handle),
  });
}

function pickMs({ markers, map }: MapHandle): number {
  const { clientWidth, clientHeight } = map.getContainer();
  const rounds = 200;
  const start = performance.now();
  for (let i = 0; i < rounds; i++) {
    markers.frame.pick((i / rounds) * clientWidth, ((i * 7) % rounds / rounds) * clientHeight, 14);
  }
  return (performance.now() - start) / rounds;
}
