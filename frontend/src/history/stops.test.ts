import { describe, expect, it } from 'vitest';
import { indexAfter, lengthOf, placeAt, stopsOf } from './stops';

const at = (second: number, metresEast: number, speed = 10) => ({
  timestamp: second * 1_000, lat: 0, lon: metresEast / 111_320, speed,
});

describe('a track looked back on', () => {
  it('finds where a unit stayed for a minute or more, and not where it drove', () => {
    const points = [
      ...Array.from({ length: 30 }, (_, i) => at(i, i * 15)),
      ...Array.from({ length: 120 }, (_, i) => at(30 + i, 450 + (i % 3), 0)),
      ...Array.from({ length: 30 }, (_, i) => at(150 + i, 460 + i * 15)),
    ];
    const stops = stopsOf(points);
    expect(stops).toHaveLength(1);
    expect(stops[0].from / 1_000).toBeGreaterThanOrEqual(27);
    expect(stops[0].from / 1_000).toBeLessThanOrEqual(30);
    expect(stops[0].to / 1_000).toBeGreaterThanOrEqual(149);
    expect(stops[0].to / 1_000).toBeLessThanOrEqual(153);
    expect(stopsOf(points.slice(0, 30))).toEqual([]);
    expect(stopsOf([])).toEqual([]);
  });

  it('claims no stop over a silence', () => {
    expect(stopsOf([at(0, 0), at(30, 0), at(300, 0), at(330, 0)])).toEqual([]);
  });

  it('is as long as it was driven, and has its unit between two points, across the 180th meridian', () => {
    const points = [{ ...at(0, 0), lon: 179.9 }, { ...at(10, 0), lon: -179.9 }];
    expect(lengthOf(points)).toBeCloseTo(0.2 * 111_320, 0);
    expect(Math.abs(placeAt(points, 5_000)?.lon ?? 0)).toBeCloseTo(180);
    expect(placeAt(points, 7_500)?.lon).toBeCloseTo(-179.95);
  });

  it('knows where a unit was between two points, and not outside of the track', () => {
    const points = [at(0, 0), at(10, 100), at(20, 300)];
    expect((placeAt(points, 15_000)?.lon ?? 0) * 111_320).toBeCloseTo(200);
    expect(placeAt(points, 20_000)?.timestamp).toBe(20_000);
    expect(placeAt(points, -1)).toBeNull();
    expect(placeAt(points, 20_001)).toBeNull();
    expect(indexAfter(points, 10_000)).toBe(2);
    expect(lengthOf(points)).toBeCloseTo(300);
  });
});
