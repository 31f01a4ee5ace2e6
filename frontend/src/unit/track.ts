import { getJson } from '../events/api';
import { list, number, object, optional } from '../protocol/fields';

export interface TrackPoint {
  readonly timestamp: number;
  readonly lat: number;
  readonly lon: number;
  /** Metres per second; NaN where it wasn't said. */
  readonly speed: number;
  /** Metres; NaN where it wasn't said, absent where it isn't kept. */
  readonly altitude?: number;
}

export interface RecordedTrack {
  /** Oldest first. */
  readonly points: readonly TrackPoint[];
  /** Epoch ms; positions received later may be missing. */
  readonly recordedThrough: number;
}

const MINUTE = 60_000;

/** How far back a unit's panel looks, in ms: 15 minutes, 1, 6 and 24 hours. */
export const SPANS = [900_000, 3_600_000, 21_600_000, 86_400_000] as const;
export type Span = (typeof SPANS)[number];

/** As many points as eyes and a line need; a longer time is thinned to about this many. */
const WANTED = 3_000;
const SHORTEST_THINNED = 30 * MINUTE;
const PAGE = 10_000;

/** A unit's recorded positions between two moments (epoch ms), oldest first; a long time is thinned by the server. */
export async function readTrack(id: string, from: number, to: number, signal: AbortSignal): Promise<RecordedTrack> {
  const thinned = to - from > SHORTEST_THINNED;
  const query = new URLSearchParams({
    from: String(Math.floor(from)),
    to: String(Math.ceil(to)),
    limit: String(PAGE),
    ...(thinned ? { every: String(Math.ceil((to - from) / WANTED)) } : {}),
  });
  const answer = await getJson(`${pathOf(id)}?${query.toString()}`, signal);
  return {
    points: [...list(answer, 'items', point)].sort((a, b) => a.timestamp - b.timestamp),
    recordedThrough: optional(number, answer, 'recordedThrough') ?? 0,
  };
}

function pathOf(id: string): string {
  return `/api/v1/devices/${encodeURIComponent(id)}/track`;
}

function point(value: unknown): TrackPoint {
  const fields = object(value, 'position');
  const known = (name: string) => optional(number, fields, name) ?? Number.NaN;
  return {
    timestamp: number(fields, 'timestamp'),
    lat: number(fields, 'lat'),
    lon: number(fields, 'lon'),
    speed: known('speed'),
    altitude: known('altitude'),
  };
}
