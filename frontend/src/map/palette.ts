/** Marker colours by index: moving, stopped, stale, offline, alarm rings, alarm fill. */
const LIVE = ['#4ea1ff', '#93a1af', '#d9a21b', '#6b7885', '#ff4d4f', '#ff4d4f'];
/** What can't be vouched for loses its colour; that an alarm stands is still true. */
const UNVOUCHED = ['#75818d', '#75818d', '#75818d', '#5c6773', '#ff4d4f', '#75818d'];

export function paletteOf(vouched: boolean): Float32Array {
  const values = (vouched ? LIVE : UNVOUCHED).flatMap((hex) => [
    ...[1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255),
    1,
  ]);
  return new Float32Array(values);
}
