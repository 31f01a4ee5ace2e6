// The world around the demonstration country, from world-atlas (Natural Earth, public domain).
import { feature, mesh } from 'topojson-client';
import { cut } from './antimeridian.mjs';
import { nameSpot, ringArea, rounded } from './geometry.mjs';

const DECIMALS = 3;

/** Land as polygons, one feature each. */
export function land(world) {
  const { features } = feature(world, world.objects.land);
  return features
    .flatMap(({ geometry }) => polygonsOf(geometry))
    .map((coordinates) => ({
      type: 'Feature',
      properties: {},
      geometry: rounded({ type: 'Polygon', coordinates }, DECIMALS),
    }))
    .filter((f) => f.geometry.coordinates.length > 0);
}

/** Borders between countries, without coasts. */
export function borders(world) {
  const geometry = mesh(world, world.objects.countries, (a, b) => a !== b);
  return [{ type: 'Feature', properties: {}, geometry: rounded(geometry, DECIMALS) }];
}

/** Each country's name where it is best written, with a rank by area: 0 is the largest. */
export function countryNames(world) {
  return feature(world, world.objects.countries)
    .features.map(({ geometry, properties }) => {
      const largest = polygonsOf(geometry).toSorted((a, b) => ringArea(b[0]) - ringArea(a[0]))[0];
      return { name: properties.name, area: ringArea(largest[0]), spot: nameSpot(largest) };
    })
    .sort((a, b) => b.area - a.area)
    .map(({ name, spot, area }) => ({
      type: 'Feature',
      properties: { name, rank: rankOf(area) },
      geometry: rounded({ type: 'Point', coordinates: spot }, DECIMALS),
    }));
}

function polygonsOf(geometry) {
  const polygons = geometry.type === 'MultiPolygon' ? geometry.coordinates : [geometry.coordinates];
  return polygons.flatMap(cut);
}

function rankOf(area) {
  const steps = [100, 30, 8, 2, 0.3];
  const at = steps.findIndex((step) => area >= step);
  return at === -1 ? steps.length : at;
}
