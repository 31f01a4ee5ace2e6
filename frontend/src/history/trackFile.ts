import { getJson } from '../events/api';
import { list, number, object, optional, text } from '../protocol/fields';
import type { TrackPoint } from '../unit/track';

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
const PLACES = 7;

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

/** The same columns and elements as the API's own files have. */
const WRITERS: Record<TrackFormat, (id: string, points: readonly FullPoint[]) => string> = {
  csv: (_id, points) =>
    ['time,timestamp,lat,lon,heading,speed,accuracy,altitude', ...points.map(csvRow)].map((row) => `${row}\r\n`).join(''),
  gpx: (id, points) =>
    '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Sightline" xmlns="http://www.topografix.com/GPX/1/1">\n'
    + `<trk><name>${id}</name><trkseg>\n${points.map(gpxPoint).join('')}</trkseg></trk></gpx>\n`,
  geojson: (id, points) =>
    JSON.stringify({
      type: 'Feature',
      geometry: {
        type: 'LineString',
        coordinates: points.map(({ lon, lat, altitude }) => (isKnown(altitude) ? [lon, lat, altitude] : [lon, lat])),
      },
      properties: { device: id, times: points.map(({ timestamp }) => timestamp) },
    }),
};

function csvRow({ timestamp, lat, lon, heading, speed, accuracy, altitude }: FullPoint): string {
  const figures = [[lat, PLACES], [lon, PLACES], [heading, 2], [speed, 2], [accuracy, 1], [altitude, 1]] as const;
  return [new Date(timestamp).toISOString(), String(timestamp), ...figures.map(([value, places]) => plain(value, places))].join(',');
}

function gpxPoint({ timestamp, lat, lon, altitude }: FullPoint): string {
  const ele = isKnown(altitude) ? `<ele>${plain(altitude, 1)}</ele>` : '';
  return `<trkpt lat="${plain(lat, PLACES)}" lon="${plain(lon, PLACES)}">${ele}<time>${new Date(timestamp).toISOString()}</time></trkpt>\n`;
}

function isKnown(value: number | undefined): value is number {
  return value !== undefined && !Number.isNaN(value);
}

function plain(value: number | undefined, places: number): string {
  return isKnown(value) ? String(Number(value.toFixed(places))) : '';
}
