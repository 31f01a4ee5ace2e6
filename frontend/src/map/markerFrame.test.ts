import { describe, expect, it } from 'vitest';
import { DeviceStore } from '../devices/store';
import { STRIDE } from './glProgram';
import { MarkerFrame } from './markerFrame';
import { project } from './projection';

const VIEW = { lon: 9.5, lat: 47.1, zoom: 13, width: 800, height: 600 };

function drawn(devices: DeviceStore, now = 0, selected = -1, view = VIEW) {
  const frame = new MarkerFrame();
  frame.fill(devices, view, { now, server: Number.NaN }, { selected, watched: new Set() });
  const ids = Array.from({ length: frame.count }, (_, i) => devices.ids[frame.slots[i]]);
  return { frame, ids };
}

function fleet(...units: Parameters<DeviceStore['update']>[0][number][]) {
  const time = { now: 0 };
  const devices = new DeviceStore(() => time.now);
  devices.update(units);
  return { devices, time };
}
const unit = (id: string, more: object = {}) => ({ id, timestamp: 1, lon: 9.5, lat: 47.1, state: 'moving' as const, ...more });

describe('a frame of markers', () => {
  it('holds the units in view, where the map has them', () => {
    const { devices } = fleet(unit('in', { lon: 9.51 }), unit('out', { lon: 9.9 }), { id: 'nowhere', timestamp: 1 });
    const { frame, ids } = drawn(devices);
    expect(ids).toEqual(['in']);
    const [x, y] = project(VIEW, 9.51, 47.1);
    expect(frame.data[0]).toBeCloseTo(x, 2);
    expect(frame.data[1]).toBeCloseTo(y, 2);
  });

  it('keeps a place’s precision at the closest zoom', () => {
    const { devices } = fleet(unit('a', { lon: 9.500_001 }));
    const { frame } = drawn(devices, 0, -1, { ...VIEW, zoom: 19 });
    expect(frame.data[0] - 400).toBeCloseTo((0.000_001 / 360) * 512 * 2 ** 19, 3);
  });

  it('goes the short way round the world', () => {
    const { devices } = fleet(unit('a', { lon: -179.99 }));
    expect(drawn(devices, 0, -1, { ...VIEW, lon: 179.99 }).ids).toEqual(['a']);
  });

  it('draws alarms and the selected last, on top, and offline units first', () => {
    const { devices } = fleet(
      unit('alarm', { alarm: true }), unit('stale', { state: 'stale' }), unit('moving'), unit('offline', { state: 'offline' }),
    );
    expect(drawn(devices).ids).toEqual(['offline', 'moving', 'stale', 'alarm']);
    expect(drawn(devices, 0, devices.slotOf('offline')).ids).toEqual(['moving', 'stale', 'alarm', 'offline']);
  });

  it('picks the nearest mark within reach, and of equals the topmost', () => {
    const { devices } = fleet(unit('a'), unit('b', { alarm: true }), unit('far', { lon: 9.52 }));
    const { frame } = drawn(devices);
    expect(devices.ids[frame.pick(405, 300, 14)]).toBe('b');
    expect(frame.pick(440, 300, 14)).toBe(-1);
  });

  it('a vehicle without a heading points nowhere', () => {
    const { devices } = fleet(unit('a', { kind: 'vehicle' }), unit('b', { kind: 'vehicle', heading: 90 }));
    const { frame } = drawn(devices);
    expect([frame.data[3], frame.data[STRIDE + 3]]).toEqual([4, 0]);
    expect(frame.data[STRIDE + 2]).toBeCloseTo(Math.PI / 2);
  });

  it('has a pace while a unit glides, and none at rest', () => {
    const { devices, time } = fleet(unit('a'));
    time.now = 500;
    devices.update([unit('a', { timestamp: 2, lon: 9.501 })]);
    expect(drawn(devices, 600).frame.pace).toBeGreaterThan(0.01);
    expect(drawn(devices, 1_000).frame.pace).toBe(0);
  });
});
