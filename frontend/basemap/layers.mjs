// Which of an OpenStreetMap extract's features are drawn, in which layer, with which properties.
import { rounded } from './geometry.mjs';

const ROADS = {
  motorway: 'main', trunk: 'main', primary: 'main', secondary: 'secondary', tertiary: 'secondary',
  unclassified: 'street', residential: 'street', living_street: 'street', road: 'street', pedestrian: 'street',
  service: 'lane', track: 'track', path: 'path', footway: 'path', cycleway: 'path', bridleway: 'path', steps: 'path',
};
const GREEN = new Set(['forest', 'wood', 'scrub']);
const BUILT = new Set(['residential', 'industrial', 'commercial', 'retail']);
const FIELD = new Set(['vineyard', 'meadow', 'farmland', 'allotments', 'park', 'pitch', 'recreation_ground']);

/** The layer of one exported feature and the feature as it is kept, or null when it isn't drawn. */
export function layerOf({ geometry, properties: tags }) {
  const isArea = geometry.type === 'MultiPolygon' || geometry.type === 'Polygon';
  if (geometry.type === 'Point') {
    return tags.place && tags.name ? keep('places', 5, geometry, placeProperties(tags)) : null;
  }
  if (geometry.type === 'LineString') {
    return lineLayer(geometry, tags);
  }
  if (isArea && tags.building && tags.building !== 'no') {
    return keep('buildings', 6, geometry, {});
  }
  if (isArea && tags.admin_level === '2' && tags.boundary === 'administrative') {
    return keep('lines', 5, { type: 'MultiLineString', coordinates: geometry.coordinates.flat() }, { class: 'border' });
  }
  const area = isArea ? areaClass(tags) : null;
  return area ? keep('areas', 5, geometry, { class: area }) : null;
}

function lineLayer(geometry, tags) {
  const closed = String(geometry.coordinates[0]) === String(geometry.coordinates.at(-1));
  const road = ROADS[String(tags.highway).replace(/_link$/, '')];
  if (road && tags.area !== 'yes') {
    const properties = { class: road };
    if (tags.name) properties.name = tags.name;
    if (tags.tunnel === 'yes') properties.tunnel = true;
    return keep('roads', 5, geometry, properties);
  }
  if (tags.railway === 'rail') {
    return keep('lines', 5, geometry, { class: 'rail' });
  }
  if (tags.waterway && !(closed && tags.waterway === 'riverbank') && tags.tunnel === undefined) {
    const wide = tags.waterway === 'river' || tags.waterway === 'canal';
    return keep('lines', 5, geometry, { class: wide ? 'river' : 'stream' });
  }
  return null;
}

function areaClass(tags) {
  const use = tags.landuse ?? tags.natural ?? tags.leisure;
  if (tags.natural === 'water' || tags.waterway === 'riverbank' || use === 'basin' || use === 'reservoir') return 'water';
  if (GREEN.has(use)) return 'green';
  if (BUILT.has(use)) return 'built';
  return FIELD.has(use) ? 'field' : null;
}

function placeProperties(tags) {
  return { name: tags.name, class: tags.capital === 'yes' ? 'capital' : tags.place };
}

function keep(layer, decimals, geometry, properties) {
  return { layer, feature: { type: 'Feature', properties, geometry: rounded(geometry, decimals) } };
}
