import { describe, expect, it } from 'vitest';
import { RECENT_POINTS, RecentPaths } from './recentPaths';

function paths(slots = 2): RecentPaths {
  const made = new RecentPaths();
  made.grow(slots);
  return made;
}

describe('the recent path of a unit', () => {
  it('keeps a point a second, to the centimetre, and none of a neighbour’s', () => {
    const held = paths();
    for (let ms = 0; ms <= 3_000; ms += 500) held.add(0, 1_000 + ms, 9.5123456 + ms * 1e-7, 47.1, 4);
    held.add(1, 2_000, -179.9999999, -12.3456789, Number.NaN);
    expect(held.after(0, 0).map((point) => point.timestamp)).toEqual([1_000, 2_000, 3_000, 4_000]);
    expect(held.after(0, 3_000)).toEqual([{ timestamp: 4_000, lon: 9.5126456, lat: 47.1, speed: 4 }]);
    expect(held.after(1, 0)).toEqual([{ timestamp: 2_000, lon: -179.9999999, lat: -12.3456789, speed: Number.NaN }]);
  });

  it('forgets the oldest first, and reaches back past what history may lack', () => {
    const held = paths();
    for (let second = 0; second < 500; second++) held.add(0, second * 1_000, 9, 47, 0);
    const points = held.after(0, -1);
    expect(points).toHaveLength(RECENT_POINTS);
    expect(points[0].timestamp).toBe((500 - RECENT_POINTS) * 1_000);
    expect(499_000 - points[0].timestamp).toBeGreaterThanOrEqual(35_000);
  });

  it('starts anew when time goes back, as when the past is looked at', () => {
    const held = paths();
    for (const at of [5_000, 6_000, 2_000, 3_000]) held.add(0, at, 9, 47, 0);
    expect(held.after(0, 0).map((point) => point.timestamp)).toEqual([2_000, 3_000]);
  });

  it('starts anew for the next unit in a slot, and keeps what it has when it grows', () => {
    const held = paths();
    held.add(0, 1_000, 9, 47, 0);
    held.add(1, 1_000, 8, 46, 0);
    held.clear(0);
    held.grow(8);
    expect(held.after(0, 0)).toEqual([]);
    expect(held.after(1, 0)).toHaveLength(1);
  });
});
