// Geometry that the basemap's derivation needs: rounding, areas, and where a name is best written.

/** Rounds a geometry's coordinates to `decimals`, and drops points that then repeat their neighbour. */
export function rounded(geometry, decimals) {
  const factor = 10 ** decimals;
  const round = ([x, y]) => [Math.round(x * factor) / factor, Math.round(y * factor) / factor];
  const line = (points) => {
    const kept = points.map(round);
    return kept.filter((p, i) => i === 0 || p[0] !== kept[i - 1][0] || p[1] !== kept[i - 1][1]);
  };
  const rings = (polygon) => polygon.map(line).filter((ring) => ring.length >= 4);
  const { type, coordinates } = geometry;
  switch (type) {
    case 'Point':
      return { type, coordinates: round(coordinates) };
    case 'LineString':
      return { type, coordinates: line(coordinates) };
    case 'MultiLineString':
      return { type, coordinates: coordinates.map(line).filter((l) => l.length >= 2) };
    case 'Polygon':
      return { type, coordinates: rings(coordinates) };
    case 'MultiPolygon': {
      const polygons = coordinates.map(rings).filter((polygon) => polygon.length > 0);
      return polygons.length === 1
        ? { type: 'Polygon', coordinates: polygons[0] }
        : { type, coordinates: polygons };
    }
    default:
      throw new Error(`geometry ${type} is not handled`);
  }
}

/** A ring's area in square degrees, shrunk by latitude; sign is dropped. */
export function ringArea(ring) {
  let sum = 0;
  for (let i = 0; i < ring.length - 1; i++) {
    sum += ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
  }
  return Math.abs(sum / 2) * Math.cos((ring[0][1] * Math.PI) / 180);
}

/** The point inside the polygon that is farthest from its edge, by a grid that is refined thrice. */
export function nameSpot(polygon) {
  const xs = polygon[0].map((p) => p[0]);
  const ys = polygon[0].map((p) => p[1]);
  let box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  let best = { distance: -Infinity, point: polygon[0][0] };
  for (let round = 0; round < 3; round++) {
    const [w, s, e, n] = box;
    const steps = 24;
    for (let i = 0; i <= steps; i++) {
      for (let j = 0; j <= steps; j++) {
        const point = [w + ((e - w) * i) / steps, s + ((n - s) * j) / steps];
        const distance = edgeDistance(point, polygon);
        if (distance > best.distance) {
          best = { distance, point };
        }
      }
    }
    const [dx, dy] = [(e - w) / steps, (n - s) / steps];
    box = [best.point[0] - dx, best.point[1] - dy, best.point[0] + dx, best.point[1] + dy];
  }
  return best.point;
}

/** Distance to the nearest edge, negative outside; names are wide, so height counts double. */
function edgeDistance([x, y], polygon) {
  let inside = false;
  let nearest = Infinity;
  const shrink = Math.cos((y * Math.PI) / 180);
  for (const ring of polygon) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [ax, ay] = ring[i];
      const [bx, by] = ring[j];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) {
        inside = !inside;
      }
      const [px, py] = [(x - ax) * shrink, (y - ay) * 2];
      const [ex, ey] = [(bx - ax) * shrink, (by - ay) * 2];
      const along = Math.max(0, Math.min(1, (px * ex + py * ey) / (ex * ex + ey * ey || 1)));
      nearest = Math.min(nearest, Math.hypot(px - along * ex, py - along * ey));
    }
  }
  return inside ? nearest : -nearest;
}
