import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi } from '../testing/fakeApi';
import { joined, trackFile } from './trackFile';

afterEach(() => { vi.unstubAllGlobals(); });

const at = (timestamp: number, altitude = Number.NaN) => ({ timestamp, lat: 47.1, lon: 9.5, speed: 8.5, altitude });

describe('a track as a file', () => {
  it('has every page of what is recorded, and behind it what was seen since, each once', async () => {
    const calls = fakeApi((path) => ({
      body: path.includes('cursor=2')
        ? { items: [{ timestamp: 2_000, lat: 47.2, lon: 9.5, altitude: 455 }], next: null }
        : { items: [{ timestamp: 1_000, lat: 47.1, lon: 9.5, heading: 90, speed: 8.5, accuracy: 4 }], next: '2' },
    }));
    const csv = await trackFile('v-1', 0, 4_000, [at(1_500), at(2_000), at(3_000), at(9_000)], 'csv');
    expect(calls).toHaveLength(2);
    expect(csv.text).toBe(
      [
        'time,timestamp,lat,lon,heading,speed,accuracy,altitude',
        '1970-01-01T00:00:01.000Z,1000,47.1,9.5,90,8.5,4,',
        '1970-01-01T00:00:02.000Z,2000,47.2,9.5,,,,455',
        '1970-01-01T00:00:03.000Z,3000,47.1,9.5,,8.5,,',
        '',
      ].join('\r\n'),
    );
    const gpx = (await trackFile('v-1', 0, 4_000, [], 'gpx')).text;
    expect(gpx).toContain('<trkpt lat="47.2" lon="9.5"><ele>455</ele><time>1970-01-01T00:00:02.000Z</time></trkpt>');
    const feature = JSON.parse((await trackFile('v-1', 0, 4_000, [], 'geojson')).text) as object;
    expect(feature).toMatchObject({
      type: 'FeatureCollection',
      features: [{ geometry: { type: 'LineString', coordinates: [[9.5, 47.1], [9.5, 47.2]] }, properties: { times: [1_000, 2_000] } }],
    });
  });

  it('is what was seen where nothing is recorded', () => {
    expect(joined([], [at(1)]).map(({ timestamp }) => timestamp)).toEqual([1]);
  });
});
