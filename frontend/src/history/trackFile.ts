import { getJson } from '../events/api';
import { list, number, object, optional, text } from '../protocol/fields';
import type { TrackPoint } from '../unit/track';
import { csv, geojson, gpx } from './trackForms';

export type TrackFormat = 'geojson' | 'gpx' | 'csv';
export const TRACK_FORMATS: readonly TrackFormat[] = ['geojson', 'gpx', 'csv'];

/** A position with all that history keeps of it; NaN where it wasn't said. */
export interface FullPoint extends TrackPoint {
  readonly heading?: number;
  readonly accuracy?: number;
}

export interface TrackFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

const TYPES: Record<TrackFormat, string> = {
  geojson: 'application/geo+json', gpx: 'application/gpx+xml', csv: 'text/csv;charset=utf-8',
};
const PAGE = 100_000;

/**
 * A unit's whole track between two moments (epoch ms) as a file, every recorded position and then those that
 * this page has seen since: history is up to half a minute behind.
 */
export async function trackFile(id: string, from: number, to: number, seen: readonly TrackPoint[], format: TrackFormat): Promise<TrackFile> {
  const points = joined(await readWhole(id, from, to), seen.filter(({ timestamp }) => timestamp <= to));
  return { name: `${id}.${format}`, type: TYPES[format], text: WRITERS[format](id, points) };
}

/** What is recorded, and behind it what was seen later. */
export function joined(recorded: readonly FullPoint[], seen: readonly TrackPoint[]): readonly FullPoint[] {
  const through = recorded.at(-1)?.timestamp ?? -Infinity;
  return [...recorded, ...seen.filter(({ timestamp }) => timestamp > through)];
}

async function readWhole(id: string, from: number, to: number): Promise<readonly FullPoint[]> {
  const points: FullPoint[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query = new URLSearchParams({
      from: String(Math.floor(from)), to: String(Math.ceil(to)), limit: String(PAGE), ...(cursor === '' ? {} : { cursor }),
    });
    const page = await getJson(`/api/v1/devices/${encodeURIComponent(id)}/track?${query.toString()}`);
    for (const point of list(page, 'items', fullPoint)) points.push(point);
    cursor = optional(text, page, 'next') ?? null;
  }
  return points;
}

function fullPoint(value: unknown): FullPoint {
  const fields = object(value, 'position');
  const known = (name: string) => optional(number, fields, name) ?? Number.NaN;
  return {
    timestamp: number(fields, 'timestamp'), lat: number(fields, 'lat'), lon: number(fields, 'lon'),
    heading: known('heading'), speed: known('speed'), accuracy: known('accuracy'), altitude: known('altitude'),
  };
}

const WRITERS: Record<TrackFormat, (id: string, points: readonly FullPoint[]) => string> = { csv, gpx, geojson };
