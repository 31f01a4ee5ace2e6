import { turn } from './projection';

/** Names for places: the nearest named street, and the nearest town, of the demonstration country. */
const CELL = 0.004;
const STREET_METRES = 80;
const PLACE_METRES = 6_000;
const METRES_PER_DEGREE = 111_320;

interface Segment {
  readonly name: string;
  readonly line: readonly (readonly [number, number])[];
  readonly at: number;
}

interface Feature {
  readonly properties: { readonly name?: string; readonly class?: string };
  readonly geometry: { readonly coordinates: unknown };
}

export class Whereabouts {
  private readonly cells = new Map<string, Segment[]>();
  private readonly places: { readonly name: string; readonly lon: number; readonly lat: number }[] = [];

  constructor(roads: readonly Feature[], places: readonly Feature[]) {
    for (const { properties, geometry } of roads) {
      if (properties.name !== undefined) {
        this.index(properties.name, geometry.coordinates as [number, number][]);
      }
    }
    for (const { properties, geometry } of places) {
      const [lon, lat] = geometry.coordinates as [number, number];
      this.places.push({ name: properties.name ?? '', lon, lat });
    }
  }

  /** "Landstrasse, Schaan", "near Malbun", or null where nothing named is near. */
  of(lon: number, lat: number): string | null {
    const street = this.street(lon, lat);
    const place = this.place(lon, lat);
    if (street !== null) {
      return place === null ? street : `${street}, ${place}`;
    }
    return place === null ? null : `near ${place}`;
  }

  street(lon: number, lat: number): string | null {
    let best = STREET_METRES;
    let name: string | null = null;
    for (const x of [-1, 0, 1]) {
      for (const y of [-1, 0, 1]) {
        for (const segment of this.cells.get(cellOf(lon + x * CELL, lat + y * CELL)) ?? []) {
          const metres = toSegment(lon, lat, segment.line[segment.at], segment.line[segment.at + 1]);
          if (metres < best) {
            best = metres;
            name = segment.name;
          }
        }
      }
    }
    return name;
  }

  private place(lon: number, lat: number): string | null {
    let best = PLACE_METRES;
    let name: string | null = null;
    for (const place of this.places) {
      const metres = distance(lon, lat, place.lon, place.lat);
      if (metres < best) {
        best = metres;
        name = place.name;
      }
    }
    return name;
  }

  private index(name: string, line: readonly (readonly [number, number])[]): void {
    for (let at = 0; at < line.length - 1; at++) {
      const [lon, lat] = line[at];
      const [toLon, toLat] = line[at + 1];
      const cells = new Set([cellOf(lon, lat), cellOf((lon + toLon) / 2, (lat + toLat) / 2), cellOf(toLon, toLat)]);
      for (const cell of cells) {
        const held = this.cells.get(cell);
        if (held) held.push({ name, line, at });
        else this.cells.set(cell, [{ name, line, at }]);
      }
    }
  }
}

/** Reads the names that the basemap is drawn from; the browser has the files already. */
export async function loadWhereabouts(base: string): Promise<Whereabouts> {
  const [roads, places] = await Promise.all(
    ['roads', 'places'].map(async (name) => {
      const response = await fetch(new URL(`map/${name}.json`, base));
      return ((await response.json()) as { features: Feature[] }).features;
    }),
  );
  return new Whereabouts(roads, places);
}

/** Metres between two near places, the short way round the world. */
export function distance(lon: number, lat: number, toLon: number, toLat: number): number {
  const shrink = Math.cos((lat * Math.PI) / 180);
  return Math.hypot(turn(lon, toLon) * shrink, toLat - lat) * METRES_PER_DEGREE;
}

function toSegment(
  lon: number,
  lat: number,
  a: readonly [number, number],
  b: readonly [number, number],
): number {
  const shrink = Math.cos((lat * Math.PI) / 180);
  const [px, py] = [(lon - a[0]) * shrink, lat - a[1]];
  const [ex, ey] = [(b[0] - a[0]) * shrink, b[1] - a[1]];
  const along = Math.max(0, Math.min(1, (px * ex + py * ey) / (ex * ex + ey * ey || 1)));
  return Math.hypot(px - along * ex, py - along * ey) * METRES_PER_DEGREE;
}

function cellOf(lon: number, lat: number): string {
  return `${String(Math.floor(lon / CELL))},${String(Math.floor(lat / CELL))}`;
}
