import { describe, expect, it } from 'vitest';
import { DeviceStore } from './store';

function store() {
  const time = { now: 0 };
  const devices = new DeviceStore(() => time.now);
  return { devices, time };
}

const at = (lon: number, lat: number, timestamp: number) => ({ id: 'a', timestamp, received: timestamp + 5, lon, lat });
const drawn = (devices: DeviceStore, now: number) => {
  const slot = devices.slotOf('a') ?? -1;
  const part = devices.glide.partOf(slot, now);
  return [devices.glide.lonAt(slot, part), devices.glide.latAt(slot, part)];
};

describe('the units’ store', () => {
  it('shows the newest position by its order, whatever arrives last', () => {
    const { devices } = store();
    devices.update([at(9.5, 47.1, 2_000)]);
    devices.update([{ ...at(9.4, 47, 1_000), battery: 40 }]);
    expect(devices.unitById('a')).toMatchObject({ lon: 9.5, lat: 47.1, battery: 40, seenAt: 2_000 });
  });

  it('takes a first position that is older than the status before it', () => {
    const { devices } = store();
    devices.update([{ id: 'a', timestamp: 9_000, received: 9_000, state: 'stopped' }]);
    devices.update([at(9.5, 47.1, 5_000)]);
    expect(devices.unitById('a')).toMatchObject({ lon: 9.5, lat: 47.1 });
  });

  it('changes only what an update has; null takes a figure away', () => {
    const { devices } = store();
    devices.update([{ ...at(9.5, 47.1, 1), name: 'V-1', kind: 'vehicle', heading: 90, speed: 3, state: 'moving' }]);
    devices.update([{ id: 'a', timestamp: 2, heading: null }]);
    expect(devices.unitById('a')).toMatchObject({ name: 'V-1', shape: 'vehicle', speed: 3, state: 'moving', lon: 9.5 });
    expect(devices.unitById('a')?.heading).toBeNaN();
  });

  it('counts a position’s age from the earlier of its order and its arrival', () => {
    const { devices } = store();
    devices.update([{ id: 'a', timestamp: 50_000, received: 40_000, lon: 0, lat: 0 }]);
    expect(devices.unitById('a')?.seenAt).toBe(40_000);
    expect(devices.newestAt).toBe(40_000);
  });

  it('a snapshot replaces all that was known, when its last part is in', () => {
    const { devices } = store();
    devices.update([{ ...at(9, 47, 5), name: 'old', battery: 3 }, { id: 'gone', timestamp: 1 }]);
    devices.replace([{ id: 'a', timestamp: 1 }], true);
    expect(devices.unitById('gone')).not.toBeNull();
    devices.replace([{ id: 'b', timestamp: 1 }], false);
    expect(devices.units().map((unit) => unit.id).sort()).toEqual(['a', 'b']);
    expect(devices.unitById('a')).toMatchObject({ name: 'a', kind: '' });
    expect(devices.unitById('a')?.battery).toBeNaN();
  });

  it('a slot that was given up shows nothing of the unit before', () => {
    const { devices } = store();
    devices.update([{ ...at(9, 47, 5), name: 'old', alarm: true }]);
    devices.remove(['a']);
    devices.update([{ id: 'b', timestamp: 1 }]);
    expect(devices.slotOf('b')).toBe(0);
    expect(devices.unitById('b')).toMatchObject({ name: 'b', alarm: false });
    expect(devices.unitById('b')?.lon).toBeNaN();
  });

  it('counts by state, and grows past its first slots', () => {
    const { devices } = store();
    const many = Array.from({ length: 1_000 }, (_, i) => ({
      id: `u${String(i)}`,
      timestamp: 1,
      state: i % 10 === 0 ? ('stale' as const) : ('moving' as const),
      alarm: i === 7,
    }));
    devices.replace(many, false);
    expect(devices.counts()).toEqual({ total: 1_000, online: 900, stale: 100, offline: 0, alarms: 1 });
  });
});

describe('a unit on its way', () => {
  it('glides from where it is drawn, and never past its newest position', () => {
    const { devices, time } = store();
    devices.update([at(9.5, 47.1, 1)]);
    time.now = 500;
    devices.update([at(9.501, 47.1, 500)]);
    const lons = [500, 600, 750, 999, 1_000, 5_000].map((now) => drawn(devices, now)[0]);
    expect(lons[0]).toBe(9.5);
    expect(lons[2]).toBeCloseTo(9.5005, 6);
    expect(lons.every((lon, i) => i === 0 || lon >= lons[i - 1])).toBe(true);
    expect(lons.at(-2)).toBe(9.501);
    expect(lons.at(-1)).toBe(9.501);
  });

  it('turns in the middle of a glide without a jump', () => {
    const { devices, time } = store();
    devices.update([at(9.5, 47.1, 1)]);
    time.now = 500;
    devices.update([at(9.501, 47.1, 500)]);
    time.now = 750;
    const before = drawn(devices, 750);
    devices.update([at(9.5, 47.101, 750)]);
    expect(drawn(devices, 750)).toEqual(before);
  });

  it('arrives within half a second, however seldom it reports', () => {
    const { devices, time } = store();
    devices.update([at(9.5, 47.1, 1)]);
    time.now = 60_000;
    devices.update([at(9.501, 47.1, 60_000)]);
    expect(drawn(devices, 60_500)[0]).toBe(9.501);
  });

  it('steps when it jumps far, or when motion is unwanted', () => {
    const { devices, time } = store();
    devices.update([at(9.5, 47.1, 1)]);
    time.now = 500;
    devices.update([at(10.5, 47.1, 500)]);
    expect(drawn(devices, 500)[0]).toBe(10.5);
    devices.glide.still = true;
    time.now = 900;
    devices.update([at(10.501, 47.1, 900)]);
    expect(drawn(devices, 900)[0]).toBe(10.501);
  });
});
