import { describe, expect, it } from 'vitest';
import { DeviceStore } from '../devices/store';
import { crowdAbove, radiusOf } from './crowds';
import { shortCount } from './countMarks';
import { MarkerFrame } from './markerFrame';

const VIEW = { lon: 9.5, lat: 47.1, zoom: 9, width: 800, height: 600 };

/** So many units within a few metres of a place, of which some are as described. */
function town(count: number, lon: number, lat: number, more: (i: number) => object = () => ({})) {
  return Array.from({ length: count }, (_, i) => ({
    id: `${String(lon)}-${String(i)}-${String(lat)}`, timestamp: 1, lon: lon + i * 1e-6, lat, state: 'moving' as const, ...more(i),
  }));
}

function drawn(units: ReturnType<typeof town>, view = VIEW, frame = new MarkerFrame(), selected = -1) {
  const devices = new DeviceStore(() => 0);
  devices.update(units);
  frame.fill(devices, view, { now: 0, server: Number.NaN }, { selected, watched: new Set() });
  return { frame, devices };
}

describe('units too many to be told apart', () => {
  const most = Math.ceil(crowdAbove(64, 1));

  it('are one count, in their middle, with how many are silent', () => {
    const { frame } = drawn(town(most + 20, 9.51, 47.1, (i) => (i < 7 ? { state: 'stale' } : {})));
    expect(frame.count).toBe(0);
    expect(frame.crowds.count).toBe(1);
    expect([frame.crowds.units[0], frame.crowds.silent[0]]).toEqual([most + 20, 7]);
    expect(frame.crowd(0)).toHaveLength(most + 20);
    expect(frame.crowds.pick(frame.crowds.x[0], frame.crowds.y[0])).toBe(0);
    expect(frame.crowds.pick(frame.crowds.x[0] + 40, frame.crowds.y[0])).toBe(-1);
  });

  it('are marks where they are few', () => {
    const { frame } = drawn(town(most - 1, 9.51, 47.1));
    expect([frame.count, frame.crowds.count]).toEqual([most - 1, 0]);
  });

  it('leave out alarms and the selected, which are drawn each', () => {
    const units = town(most + 20, 9.51, 47.1, (i) => (i === 3 ? { alarm: true } : {}));
    const { frame, devices } = drawn(units, VIEW, new MarkerFrame(), 5);
    expect(frame.count).toBe(2);
    expect(frame.crowds.units[0]).toBe(most + 18);
    expect([...frame.slots.subarray(0, 2)].map((slot) => devices.ids[slot]).sort()).toEqual(['9.51-3-47.1', '9.51-5-47.1']);
  });

  it('are the same squares wherever the map is panned to', () => {
    const units = [...town(most + 20, 9.51, 47.1), ...town(most + 30, 9.7, 47.2)];
    const counts = [9.4, 9.45, 9.5, 9.55].map((lon) => {
      const { frame } = drawn(units, { ...VIEW, lon });
      return [...frame.crowds.units.subarray(0, frame.crowds.count)].sort();
    });
    expect(new Set(counts.map(String)).size).toBe(1);
    expect(counts[0]).toEqual([most + 20, most + 30]);
  });

  it('stay a count for a while when some leave, and then become marks', () => {
    const frame = new MarkerFrame();
    drawn(town(most + 2, 9.51, 47.1), VIEW, frame);
    drawn(town(most - 3, 9.51, 47.1), VIEW, frame);
    expect(frame.crowds.count).toBe(1);
    drawn(town(Math.floor(most * 0.7), 9.51, 47.1), VIEW, frame);
    expect(frame.crowds.count).toBe(0);
    drawn(town(most - 3, 9.51, 47.1), VIEW, frame);
    expect(frame.crowds.count).toBe(0);
  });

  it('add up to the whole fleet in view, and no count lies over another', () => {
    const units = Array.from({ length: 60 }, (_, i) => town(most * 2, 8.9 + (i % 10) * 0.11, 46.8 + Math.floor(i / 10) * 0.1)).flat();
    const { frame } = drawn(units, { ...VIEW, width: 1_600, height: 1_200 });
    const { x, y, units: held, count } = frame.crowds;
    expect(held.subarray(0, count).reduce((sum, each) => sum + each, 0) + frame.count).toBe(units.length);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < i; j++) {
        expect(Math.hypot(x[i] - x[j], y[i] - y[j])).toBeGreaterThanOrEqual(radiusOf(held[i]) + radiusOf(held[j]) - 0.1);
      }
    }
  });
});

it('a count is written in four characters at most', () => {
  expect([7, 412, 999, 1_000, 1_250, 9_999, 34_600].map(shortCount)).toEqual(['7', '412', '999', '1k', '1.2k', '9.9k', '34k']);
});
