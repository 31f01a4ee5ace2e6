import { getJson } from '../events/api';
import { list, number, object, optional } from '../protocol/fields';

export interface TrackPoint {
  readonly timestamp: number;
  readonly lat: number;
  readonly lon: number;
  /** Metres per second; NaN where it wasn't said. */
  readonly speed: number;
}

export const TRACK_MS = 15 * 60_000;

/** A unit's recorded positions between two moments (epoch ms), oldest first. */
export async function readTrack(id: string, from: number, to: number, signal: AbortSignal): Promise<TrackPoint[]> {
  const query = new URLSearchParams({ from: String(Math.floor(from)), to: String(Math.ceil(to)), limit: '5000' });
  const answer = await getJson(`/api/v1/devices/${encodeURIComponent(id)}/track?${query.toString()}`, signal);
  return [...list(answer, 'items', point)].sort((a, b) => a.timestamp - b.timestamp);
}

function point(value: unknown): TrackPoint {
  const fields = object(value, 'position');
  return {
    timestamp: number(fields, 'timestamp'),
    lat: number(fields, 'lat'),
    lon: number(fields, 'lon'),
    speed: optional(number, fields, 'speed') ?? Number.NaN,
  };
}
