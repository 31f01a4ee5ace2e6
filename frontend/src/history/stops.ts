import { turn } from '../map/projection';
import { distance } from '../map/whereabouts';
import type { TrackPoint } from '../unit/track';

export interface Stop {
  readonly from: number;
  readonly to: number;
  readonly lon: number;
  readonly lat: number;
}

const STILL_METRES = 35;
const SHORTEST_MS = 60_000;
/** Nobody knows where a unit was in a longer silence, so it is no part of a stop. */
const HOLE_MS = 90_000;

/** Where a unit stayed within 35 m for a minute or more, oldest first. */
export function stopsOf(points: readonly TrackPoint[]): readonly Stop[] {
  const stops: Stop[] = [];
  let start = 0;
  for (let i = 1; i <= points.length; i++) {
    const anchor = points[start];
    if (i < points.length && points[i].timestamp - points[i - 1].timestamp <= HOLE_MS && distance(anchor.lon, anchor.lat, points[i].lon, points[i].lat) <= STILL_METRES) {
      continue;
    }
    const last = points[i - 1];
    if (last.timestamp - anchor.timestamp >= SHORTEST_MS) {
      stops.push({ from: anchor.timestamp, to: last.timestamp, lon: anchor.lon, lat: anchor.lat });
      start = i;
    } else {
      start++;
      // The unit moved: look again from the next point, which may already be still with the one before.
      if (start < i) i = start;
    }
  }
  return stops;
}

/** Where a unit was at a moment, between its points; null outside of them. */
export function placeAt(points: readonly TrackPoint[], time: number): TrackPoint | null {
  const after = indexAfter(points, time);
  if (after === 0 || (after === points.length && points.at(-1)?.timestamp !== time)) {
    return null;
  }
  const a = points[after - 1];
  if (after === points.length) return a;
  const b = points[after];
  const part = (time - a.timestamp) / (b.timestamp - a.timestamp);
  const between = (from: number, to: number) => from + (to - from) * part;
  return { timestamp: time, lat: between(a.lat, b.lat), lon: turn(0, a.lon + turn(a.lon, b.lon) * part), speed: a.speed };
}

/** The first point later than a moment. */
export function indexAfter(points: readonly TrackPoint[], time: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle].timestamp <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Metres along a track. */
export function lengthOf(points: readonly TrackPoint[]): number {
  let metres = 0;
  for (let i = 1; i < points.length; i++) {
    metres += distance(points[i - 1].lon, points[i - 1].lat, points[i].lon, points[i].lat);
  }
  return metres;
}
