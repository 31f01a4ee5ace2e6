// world-atlas joins its polygons across the antimeridian and around the south pole, as a globe wants
// them. A flat map needs them cut there, or one edge runs across the whole world and floods a sea.

/** A polygon of a globe as polygons of a flat map, each within longitudes −180 to 180. */
export function cut(polygon) {
  const [outer, ...holes] = polygon.map(unwrapped);
  const lons = outer.map((p) => p[0]);
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  const rings = [outer, ...holes.map((hole) => beside(hole, west, east))];
  const parts = [];
  for (let world = -1; world <= 1; world++) {
    const [from, to] = [world * 360 - 180, world * 360 + 180];
    if (east <= from || west >= to) continue;
    const clipped = rings
      .map((ring) => clip(clip(ring, from, 1), to, -1).map(([x, y]) => [x - world * 360, y]))
      .filter((ring) => ring.length >= 4);
    if (clipped.length > 0) parts.push(clipped);
  }
  return parts;
}

/** Longitudes made continuous; a ring around the pole is closed by way of latitude −90. */
function unwrapped(ring) {
  const points = [ring[0]];
  for (let i = 1; i < ring.length; i++) {
    const before = points.at(-1)[0];
    const x = ring[i][0] - 360 * Math.round((ring[i][0] - before) / 360);
    points.push([x, ring[i][1]]);
  }
  const [first, last] = [points[0], points.at(-1)];
  return Math.abs(last[0] - first[0]) > 180 ? [...points, [last[0], -90], [first[0], -90], first] : points;
}

function beside(hole, west, east) {
  const middle = hole[0][0];
  const shift = middle < west ? 360 : middle > east ? -360 : 0;
  return hole.map(([x, y]) => [x + shift, y]);
}

/** The part of a closed ring on one side of a meridian: side 1 keeps the east, −1 the west. */
function clip(ring, meridian, side) {
  const kept = [];
  const inside = ([x]) => (x - meridian) * side >= 0;
  for (let i = 0; i < ring.length - 1; i++) {
    const [a, b] = [ring[i], ring[i + 1]];
    if (inside(a)) kept.push(a);
    if (inside(a) !== inside(b)) {
      const part = (meridian - a[0]) / (b[0] - a[0]);
      kept.push([meridian, a[1] + (b[1] - a[1]) * part]);
    }
  }
  return kept.length > 0 ? [...kept, kept[0]] : kept;
}
