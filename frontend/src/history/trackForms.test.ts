import { describe, expect, it } from 'vitest';
import { csv, geojson, gpx } from './trackForms';

const at = (lon: number, lat: number, timestamp: number, altitude = Number.NaN) =>
  ({ timestamp, lat, lon, speed: Number.NaN, altitude });

interface Features {
  readonly features: readonly { readonly geometry: { readonly type: string; readonly coordinates: unknown };
    readonly properties: { readonly times: unknown } }[];
}

const features = (...points: ReturnType<typeof at>[]) => (JSON.parse(geojson('v-1', points)) as Features).features;

describe('the forms of a track, as the API writes them (P72)', () => {
  it('writes plain decimals in every form', () => {
    const points = [at(-0.0000004, 4e-7, 0)];
    expect(csv('v-1', points)).toContain(',0.0000004,-0.0000004,');
    expect(gpx('v-1', points)).toContain('lat="0.0000004" lon="-0.0000004"');
    expect(geojson('v-1', points)).toContain('[-0.0000004,0.0000004]');
  });

  it('has longitudes in [-180, 180) in GPX', () => {
    expect(gpx('v-1', [at(179.99999999, 1, 0)])).toContain('lon="-180"');
  });

  it('begins a segment at the antimeridian and after ten silent minutes', () => {
    expect(gpx('v-1', [at(179, 0, 0), at(-179, 0, 1), at(-179, 0, 700_000)]).split('<trkseg>')).toHaveLength(4);
  });

  it('is an empty collection, or a point, where a line would have no two positions', () => {
    expect(features()).toEqual([]);
    expect(features(at(9, 47, 5))).toMatchObject([{ geometry: { type: 'Point', coordinates: [9, 47] }, properties: { times: [5] } }]);
  });

  it('has an altitude at all positions or at none', () => {
    expect(features(at(9, 47, 0, 400), at(9, 48, 1))[0]?.geometry.coordinates).toEqual([[9, 47], [9, 48]]);
    expect(features(at(9, 47, 0, 400), at(9, 48, 1, 0))[0]?.geometry.coordinates).toEqual([[9, 47, 400], [9, 48, 0]]);
  });

  it('cuts a line at the antimeridian', () => {
    expect(features(at(179, 0, 0), at(-179, 2, 100))).toMatchObject([{
      geometry: { type: 'MultiLineString', coordinates: [[[179, 0], [180, 1]], [[-180, 1], [-179, 2]]] },
      properties: { times: [[0, 50], [50, 100]] },
    }]);
  });

  it('begins each feature of a long track where the one before ended', () => {
    const long = features(...Array.from({ length: 5_001 }, (_, i) => at(9, 47, i)));
    expect(long.map(({ properties }) => (properties.times as number[]).length)).toEqual([5_000, 2]);
  });
});
