import type { Bbox, Sight } from './protocol/messages';

const WHOLE_TURN = 360;

/** The bounds of a map that repeats the world, as the server takes them. */
export function boundsOf([west, south, east, north]: Bbox): Bbox {
  const low = Math.max(-90, Math.min(90, south));
  const high = Math.max(low, Math.min(90, north));
  return east - west >= WHOLE_TURN ? [-180, low, 180, high] : [wrapped(west), low, wrapped(east), high];
}

/** Whether both show the same, as far as an eye can tell. */
export function sameSight(a: Sight, b: Sight): boolean {
  return (
    a.zoom === b.zoom &&
    a.bbox.every((side, i) => side === b.bbox[i]) &&
    a.pins.length === b.pins.length &&
    a.pins.every((pin, i) => pin === b.pins[i])
  );
}

function wrapped(lon: number): number {
  return lon >= -180 && lon <= 180 ? lon : ((((lon + 180) % WHOLE_TURN) + WHOLE_TURN) % WHOLE_TURN) - 180;
}
