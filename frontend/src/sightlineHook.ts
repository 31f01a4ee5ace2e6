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
  });
}
