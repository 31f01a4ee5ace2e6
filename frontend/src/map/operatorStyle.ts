import type { Feature } from 'geojson';
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { FONT, byZoom } from './basemap';
import type { Basemap } from './basemaps';
import type { Ground } from './ground';

const SOURCE = 'operator';
/** Where the tiles' class of a street or place is kept: Protomaps says `kind`, OpenMapTiles `class`. */
const CLASS: ExpressionSpecification = ['coalesce', ['get', 'kind'], ['get', 'class'], ''];
const WRITTEN: ExpressionSpecification = ['coalesce', ['get', 'name'], ['get', 'name:latin'], ''];
/** Arabic vowel points: MapLibre draws each as a letter of its own beside the one that it belongs to. */
const VOWEL_POINTS = Array.from('\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652');
/** A place's name as maps write it, without vowel points. */
const NAME = VOWEL_POINTS.reduce<ExpressionSpecification>((name, point) => ['join', ['split', name, point], ''], WRITTEN);
const MAIN = ['highway', 'motorway', 'trunk', 'primary', 'major_road'];
const SECONDARY = ['secondary', 'tertiary', 'medium_road'];
const SMALL = ['path', 'track', 'service', 'other'];
const BIG_PLACES = ['city', 'town', 'locality', 'capital'];

/** A layer of tiles, by the names that the two usual schemas have for it. */
const NAMES = {
  land: ['earth'],
  cover: ['landcover', 'landuse', 'park', 'natural'],
  water: ['water'],
  waterway: ['waterway', 'physical_line'],
  street: ['roads', 'transportation'],
  streetName: ['roads', 'transportation_name'],
  building: ['buildings', 'building'],
  border: ['boundaries', 'boundary'],
  place: ['places', 'place'],
} as const;

/** Sources and layers of an operator's basemap in this page's colours, from whatever schema its tiles have. */
export function operatorStyle(basemap: Basemap, base: string, ground: Ground): Pick<StyleSpecification, 'sources' | 'layers'> {
  const common = {
    url: `pmtiles://${new URL(basemap.url, base).href}`,
    attribution: escaped(basemap.attribution),
  };
  if (basemap.tiles === 'raster') {
    return {
      sources: { [SOURCE]: { type: 'raster', tileSize: 256, ...common } },
      layers: [{ id: 'operator-tiles', type: 'raster', source: SOURCE, paint: rasterPaint(ground) }],
    };
  }
  return {
    sources: {
      [SOURCE]: { type: 'vector', ...common },
      covered: { type: 'geojson', data: rectangle(basemap.bounds) },
    },
    layers: [
      // Where the tiles reach, they alone say what is land: the shipped coast is coarser than theirs.
      { id: 'covered', type: 'fill', source: 'covered', paint: { 'fill-color': ground.land } },
      ...vectorLayers(basemap, ground),
    ],
  };
}

function vectorLayers(basemap: Basemap, ground: Ground): LayerSpecification[] {
  const has = (names: readonly string[]) => basemap.layers.filter((layer) => names.includes(layer));
  const fills = (names: readonly string[], color: string | ExpressionSpecification) =>
    has(names).map((layer) => fill(layer, color));
  const known = Object.values(NAMES).some((names) => has(names).length > 0);
  if (!known) return basemap.layers.flatMap((layer) => unknownLayer(layer, ground));
  return [
    ...fills(NAMES.land, ground.land),
    ...fills(NAMES.cover, coverColour(ground)),
    ...fills(NAMES.water, ground.water),
    ...has(NAMES.waterway).map((layer) => line(layer, ground.stream, 1)),
    ...has(NAMES.building).map((layer) => ({ ...fill(layer, ground.building), minzoom: 13 })),
    ...has(NAMES.street).flatMap((layer) => streets(layer, ground)),
    ...has(NAMES.border).map((layer) => line(layer, ground.countryBorder, 1)),
    ...has(NAMES.streetName).map((layer) => streetNames(layer, ground)),
    ...has(NAMES.place).map((layer) => placeNames(layer, ground)),
  ];
}

/** Tiles of nobody's schema: their shapes, and names where they have some. */
function unknownLayer(layer: string, ground: Ground): LayerSpecification[] {
  return [
    { ...fill(layer, ground.built), filter: isShape('Polygon') },
    { ...line(layer, ground.secondary, 1), filter: isShape('LineString') },
    placeNames(layer, ground),
  ];
}

function isShape(type: 'Point' | 'LineString' | 'Polygon'): ExpressionSpecification {
  return ['in', ['geometry-type'], ['literal', [type, `Multi${type}`]]];
}

function fill(layer: string, color: string | ExpressionSpecification) {
  return { id: `fill-${layer}`, type: 'fill' as const, source: SOURCE, 'source-layer': layer, filter: isShape('Polygon'), paint: { 'fill-color': color } };
}

function line(layer: string, color: string, width: number | ExpressionSpecification, id = 'line') {
  return { id: `${id}-${layer}`, type: 'line' as const, source: SOURCE, 'source-layer': layer, paint: { 'line-color': color, 'line-width': width } };
}

function streets(layer: string, ground: Ground): LayerSpecification[] {
  const of = (id: string, filter: ExpressionSpecification, color: string, width: ExpressionSpecification, minzoom: number): LayerSpecification => ({
    ...line(layer, color, width, id),
    filter: ['all', isShape('LineString'), filter],
    minzoom,
    layout: { 'line-cap': 'round', 'line-join': 'round' },
  });
  const is = (classes: readonly string[]): ExpressionSpecification => ['in', CLASS, ['literal', [...classes]]];
  return [
    of('small', is(SMALL), ground.lane, byZoom(12, 0.6, 17, 4), 12),
    of('street', ['!', is([...SMALL, ...MAIN, ...SECONDARY])], ground.street, byZoom(10, 0.5, 13, 1.3, 17, 9), 10),
    of('secondary', is(SECONDARY), ground.secondary, byZoom(8, 0.6, 11, 1.4, 13, 2.4, 17, 12), 8),
    of('main', is(MAIN), ground.main, byZoom(5, 0.6, 11, 2, 13, 3.2, 17, 14), 5),
  ];
}

function streetNames(layer: string, ground: Ground): LayerSpecification {
  return {
    id: `street-names-${layer}`,
    type: 'symbol',
    source: SOURCE,
    'source-layer': layer,
    minzoom: 14,
    filter: isShape('LineString'),
    layout: { 'symbol-placement': 'line', 'symbol-spacing': 320, 'text-field': NAME, 'text-font': FONT, 'text-size': 11 },
    paint: { 'text-color': ground.streetLabel, 'text-halo-color': ground.halo, 'text-halo-width': 1.4 },
  };
}

function placeNames(layer: string, ground: Ground): LayerSpecification {
  const isBig: ExpressionSpecification = ['in', CLASS, ['literal', BIG_PLACES]];
  return {
    id: `places-${layer}`,
    type: 'symbol',
    source: SOURCE,
    'source-layer': layer,
    filter: isShape('Point'),
    layout: {
      'text-field': NAME,
      'text-font': FONT,
      'text-size': ['case', isBig, 14, 12],
      'text-max-width': 8,
      'symbol-sort-key': ['case', isBig, 0, 1],
    },
    paint: { 'text-color': ground.label, 'text-halo-color': ground.halo, 'text-halo-width': 1.4 },
  };
}

function coverColour(ground: Ground): ExpressionSpecification {
  return [
    'match',
    CLASS,
    ['forest', 'wood', 'park', 'grass', 'nature_reserve', 'scrub', 'national_park', 'golf_course'],
    ground.green,
    ['residential', 'industrial', 'commercial', 'retail', 'urban_area'],
    ground.built,
    ground.field,
  ];
}

/** Photographs and drawn maps recede at night: darker, and nearly without colour. */
function rasterPaint(ground: Ground) {
  const night = ground.halo !== '#ffffff';
  return night ? { 'raster-brightness-max': 0.5, 'raster-saturation': -0.7, 'raster-contrast': 0.1 } : { 'raster-saturation': -0.3 };
}

function rectangle([west, south, east, north]: Basemap['bounds']): Feature {
  const corners = [[west, south], [east, south], [east, north], [west, north], [west, south]];
  return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [corners] } };
}

/** Attributions are plain text; the map writes them as HTML. */
export function escaped(plain: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return plain.replace(/[&<>"']/g, (character) => names[character] ?? character);
}
