import type { ExpressionSpecification, StyleSpecification } from 'maplibre-gl';
import type { Basemap } from './basemaps';
import { groundOf } from './ground';
import type { Ground } from './ground';
import { operatorStyle } from './operatorStyle';
import type { Theme } from './palette';

export const OSM_ATTRIBUTION = '© OpenStreetMap contributors';
export const FONT = ['Inter Variable'];

export const byZoom = (...stops: number[]): ExpressionSpecification =>
  ['interpolate', ['exponential', 1.5], ['zoom'], ...stops] as unknown as ExpressionSpecification;

const roadClass = (name: string): ExpressionSpecification => ['==', ['get', 'class'], name];

/**
 * The map's style: the world as plain GeoJSON from this server, and on it the operator's basemap, or the
 * demonstration country; labels are drawn from the page's own font and the system's.
 */
export function basemapStyle(base: string, theme: Theme, operator: Basemap | null): StyleSpecification {
  const ground = groundOf(theme);
  const file = (name: string) => ({ type: 'geojson' as const, data: new URL(`map/${name}.json`, base).href });
  const detail = operator ? operatorStyle(operator, base, ground) : demonstration(file, ground);
  return {
    version: 8,
    sources: {
      land: { ...file('land'), maxzoom: 10 },
      borders: { ...file('borders'), maxzoom: 8 },
      countries: file('countries'),
      ...detail.sources,
    },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': ground.sea } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': ground.land } },
      {
        id: 'borders',
        type: 'line',
        source: 'borders',
        maxzoom: 10,
        paint: { 'line-color': ground.border, 'line-width': byZoom(1, 0.5, 8, 1.4) },
      },
      ...detail.layers,
      countryNames(ground),
    ],
  };
}

type Detail = Pick<StyleSpecification, 'sources' | 'layers'>;

function demonstration(file: (name: string) => { type: 'geojson'; data: string }, ground: Ground): Detail {
  return {
    sources: {
      areas: { ...file('areas'), attribution: OSM_ATTRIBUTION },
      lines: file('lines'),
      buildings: file('buildings'),
      roads: file('roads'),
      places: file('places'),
    },
    layers: [...areaLayers(ground), ...roadLayers(ground), ...labelLayers(ground)],
  };
}

function areaLayers(ground: Ground): StyleSpecification['layers'] {
  const colour: ExpressionSpecification = [
    'match',
    ['get', 'class'],
    'water',
    ground.water,
    'green',
    ground.green,
    'built',
    ground.built,
    ground.field,
  ];
  return [
    { id: 'areas', type: 'fill', source: 'areas', minzoom: 8, paint: { 'fill-color': colour } },
    {
      id: 'streams',
      type: 'line',
      source: 'lines',
      minzoom: 8,
      filter: ['in', ['get', 'class'], ['literal', ['river', 'stream']]],
      paint: {
        'line-color': ground.stream,
        'line-width': ['match', ['get', 'class'], 'river', 2.2, 1],
      },
    },
    {
      id: 'buildings',
      type: 'fill',
      source: 'buildings',
      minzoom: 13.5,
      paint: { 'fill-color': ground.building, 'fill-outline-color': ground.buildingEdge },
    },
    {
      id: 'country-border',
      type: 'line',
      source: 'lines',
      minzoom: 8,
      filter: roadClass('border'),
      paint: { 'line-color': ground.countryBorder, 'line-width': 1.2, 'line-dasharray': [4, 2, 1, 2] },
    },
    {
      id: 'rail',
      type: 'line',
      source: 'lines',
      minzoom: 9,
      filter: roadClass('rail'),
      paint: { 'line-color': ground.rail, 'line-width': 1.2, 'line-dasharray': [3, 2] },
    },
  ];
}

function roadLayers(ground: Ground): StyleSpecification['layers'] {
  const road = (
    id: string,
    classes: string[],
    minzoom: number,
    color: string,
    width: ExpressionSpecification,
  ): StyleSpecification['layers'][number] => ({
    id,
    type: 'line',
    source: 'roads',
    minzoom,
    filter: ['in', ['get', 'class'], ['literal', classes]],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': color, 'line-width': width },
  });
  return [
    road('paths', ['track', 'path'], 12.5, ground.path, byZoom(12, 0.5, 17, 2)),
    road('lanes', ['lane'], 13, ground.lane, byZoom(12, 0.6, 17, 5)),
    road('streets', ['street'], 10, ground.street, byZoom(10, 0.5, 13, 1.3, 17, 9)),
    road('secondary', ['secondary'], 8, ground.secondary, byZoom(8, 0.6, 11, 1.4, 13, 2.4, 17, 12)),
    road('main', ['main'], 7, ground.main, byZoom(7, 0.8, 11, 2, 13, 3.2, 17, 14)),
  ];
}

function labelLayers(ground: Ground): StyleSpecification['layers'] {
  const paint = { 'text-color': ground.label, 'text-halo-color': ground.halo, 'text-halo-width': 1.4 };
  return [
    {
      id: 'street-names',
      type: 'symbol',
      source: 'roads',
      minzoom: 14.5,
      filter: ['all', ['has', 'name'], ['in', ['get', 'class'], ['literal', ['main', 'secondary', 'street']]]],
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 320,
        'text-field': ['get', 'name'],
        'text-font': FONT,
        'text-size': 11,
      },
      paint: { ...paint, 'text-color': ground.streetLabel },
    },
    {
      id: 'places',
      type: 'symbol',
      source: 'places',
      minzoom: 9,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': FONT,
        'text-letter-spacing': 0.06,
        'text-size': ['match', ['get', 'class'], 'capital', 15, 'village', 13, 'town', 14, 11],
        'symbol-sort-key': ['match', ['get', 'class'], 'capital', 0, 'town', 1, 'village', 2, 3],
      },
      paint,
    },
  ];
}

function countryNames(ground: Ground): StyleSpecification['layers'][number] {
  return {
    id: 'country-names',
    type: 'symbol',
    source: 'countries',
    maxzoom: 9,
    filter: ['<=', ['get', 'rank'], ['step', ['zoom'], 1, 2, 2, 3, 3, 4, 4, 5, 5]],
    layout: {
      'text-field': ['get', 'name'],
      'text-font': FONT,
      'text-size': byZoom(1, 10, 6, 15),
      'text-letter-spacing': 0.12,
      'text-max-width': 7,
      'symbol-sort-key': ['get', 'rank'],
    },
    paint: { 'text-color': ground.label, 'text-halo-color': ground.halo, 'text-halo-width': 1.4 },
  };
}
