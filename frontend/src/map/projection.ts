/** The flat map's view: its centre, zoom and size in CSS px. North is up. */
export interface View {
  readonly lon: number;
  readonly lat: number;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
}

const TILE = 512;

/** Degrees from one longitude to another, the short way round the world: −180 to 180. */
export function turn(lon: number, toLon: number): number {
  const degrees = toLon - lon;
  return degrees - Math.round(degrees / 360) * 360;
}

export function mercatorX(lon: number): number {
  return lon / 360 + 0.5;
}

export function mercatorY(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

export function worldSize(zoom: number): number {
  return TILE * 2 ** zoom;
}

/** Where a position is in the view, in CSS px from its top left, the short way round the world. */
export function project(view: View, lon: number, lat: number): readonly [number, number] {
  const size = worldSize(view.zoom);
  let dx = mercatorX(lon) - mercatorX(view.lon);
  dx -= Math.round(dx);
  return [
    dx * size + view.width / 2,
    (mercatorY(lat) - mercatorY(view.lat)) * size + view.height / 2,
  ];
}
