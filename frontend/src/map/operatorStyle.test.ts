import { createExpression, validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi } from '../testing/fakeApi';
import { basemapStyle } from './basemap';
import { chosenBasemap, readBasemaps, rememberBasemap } from './basemaps';
import type { Basemap } from './basemaps';
import { escaped } from './operatorStyle';

const BASE = 'http://127.0.0.1:8080/';
const tiles = (layers: string[], format: 'vector' | 'raster' = 'vector'): Basemap => ({
  file: 'a.pmtiles', name: 'a', url: '/basemaps/a.pmtiles?v=1', tiles: format, maxZoom: 14, bounds: [9, 47, 10, 48], attribution: 'a & <b>', layers,
});
const drawn = (basemap: Basemap) =>
  basemapStyle(BASE, 'night', basemap).layers.flatMap((layer) => ('source-layer' in layer && layer['source-layer'] !== undefined ? [layer['source-layer']] : []));

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

describe('an operator’s basemap', () => {
  it.each([
    ['Protomaps', ['earth', 'landuse', 'water', 'roads', 'buildings', 'boundaries', 'places']],
    ['OpenMapTiles', ['landcover', 'landuse', 'water', 'waterway', 'transportation', 'building', 'boundary', 'transportation_name', 'place']],
    ['nobody’s', ['anything', 'else']],
  ])('of %s schema is drawn with each of its layers, by a valid style', (_name, layers) => {
    const basemap = tiles(layers);
    expect(new Set(drawn(basemap))).toEqual(new Set(layers));
    for (const theme of ['night', 'day'] as const) {
      expect(validateStyleMin(basemapStyle(BASE, theme, basemap))).toEqual([]);
      expect(validateStyleMin(basemapStyle(BASE, theme, tiles([], 'raster')))).toEqual([]);
      expect(validateStyleMin(basemapStyle(BASE, theme, null))).toEqual([]);
    }
  });

  it('has its names without Arabic vowel points, which the map would draw as letters of their own', () => {
    const names = basemapStyle(BASE, 'night', tiles(['places'])).layers.find(({ id }) => id === 'places-places');
    const field = names?.type === 'symbol' ? names.layout?.['text-field'] : undefined;
    const written = createExpression(field, 'layers[0].layout.text-field');
    if (written.result === 'error') throw new Error(String(written.value));
    const nameOf = (name: string) => String(written.value.evaluate({ zoom: 10 }, { type: 'Point', properties: { name } }));
    expect(nameOf('مُحَمَّد')).toBe('محمد');
    expect(nameOf('שָׁלוֹם ที่นี่')).toBe('שָׁלוֹם ที่นี่');
  });

  it('is attributed in its own words, which are never taken for HTML', () => {
    expect(escaped('© <b>"A" & \'B\'</b>')).toBe('© &lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;');
    expect(basemapStyle(BASE, 'night', tiles(['water'])).sources.operator).toMatchObject({
      attribution: 'a &amp; &lt;b&gt;',
      url: 'pmtiles://http://127.0.0.1:8080/basemaps/a.pmtiles?v=1',
    });
  });

  it('is read from the server’s list, without those that can’t be drawn', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    fakeApi(() => ({
      body: {
        items: [
          { name: 'alps', file: 'alps.pmtiles', url: '/basemaps/alps.pmtiles?v=1f00-19b8', bytes: 7936, tiles: 'mvt', minZoom: 0, maxZoom: 14, bounds: [9.4, 47, 9.7, 47.3], center: [9.5, 47.1, 8], attribution: '© OpenStreetMap contributors', layers: ['earth', 'roads'] },
          { name: 'broken', file: 'broken.pmtiles', bytes: 12, problem: 'this is no PMTiles file of version 3' },
        ],
        next: null,
      },
    }));
    const found = await readBasemaps(new AbortController().signal);
    expect(found).toMatchObject([{ file: 'alps.pmtiles', tiles: 'vector', bounds: [9.4, 47, 9.7, 47.3], layers: ['earth', 'roads'] }]);
  });

  it('is the newest, until another or the shipped one is chosen', () => {
    const [newest, older] = [{ ...tiles(['water']), file: 'new' }, { ...tiles(['water']), file: 'old' }];
    expect(chosenBasemap([newest, older])).toBe(newest);
    rememberBasemap(older);
    expect(chosenBasemap([newest, older])).toBe(older);
    expect(chosenBasemap([newest])).toBe(newest);
    rememberBasemap(null);
    expect(chosenBasemap([newest])).toBeNull();
    expect(chosenBasemap([])).toBeNull();
  });
});
