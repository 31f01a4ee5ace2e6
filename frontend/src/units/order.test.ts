import { describe, expect, it } from 'vitest';
import { DeviceStore } from '../devices/store';
import { ALL } from './filter';
import { UnitOrder } from './order';
import type { Query } from './order';
import { windowOf } from './window';

function fleet() {
  const devices = new DeviceStore(() => 0);
  devices.replace(
    [
      { id: 'a', timestamp: 30, received: 30, name: 'V-10', kind: 'vehicle', state: 'moving', lon: 1, lat: 1 },
      { id: 'b', timestamp: 10, received: 10, name: 'V-9', kind: 'vehicle', state: 'moving', lon: 2, lat: 2 },
      { id: 'c', timestamp: 20, received: 20, name: 'C-1', kind: 'camera', state: 'offline', lon: 3, lat: 3 },
      { id: 'd', timestamp: 40, received: 40, name: 'S-1', kind: 'sensor', state: 'stale', alarm: true },
    ],
    false,
  );
  return { devices, order: new UnitOrder(devices) };
}
const everywhere = () => true;
const query = (parts: Partial<Query>): Query => ({ text: '', filter: ALL, order: 'name', descending: false, ...parts });
const ids = (units: readonly { id: string }[]) => units.map((unit) => unit.id).join('');

describe('the list of units', () => {
  it('is by state with alarms first, then by name as a person counts', () => {
    const { order } = fleet();
    expect(ids(order.rows(query({ order: 'state' }), everywhere))).toBe('dbac');
    expect(ids(order.rows(query({}), everywhere))).toBe('cdba');
  });

  it('by age has the longest silent first', () => {
    const { order } = fleet();
    expect(ids(order.rows(query({ order: 'age' }), everywhere))).toBe('bcad');
  });

  it('finds by name, id or state, in any case', () => {
    const { order } = fleet();
    expect(ids(order.rows(query({ text: ' v-1' }), everywhere))).toBe('a');
    expect(ids(order.rows(query({ text: 'offline' }), everywhere))).toBe('c');
  });

  it('filters by kind and by what is in view', () => {
    const { order } = fleet();
    expect(ids(order.rows(query({ filter: { ...ALL, kind: 'vehicle' } }), everywhere))).toBe('ba');
    expect(ids(order.rows(query({ filter: { ...ALL, inView: true } }), (lon) => lon > 1.5))).toBe('cb');
  });

  it('filters by state, by battery and by group, all at once', () => {
    const { devices, order } = fleet();
    devices.update([
      { id: 'a', timestamp: 30, battery: 15, groups: ['north'] },
      { id: 'b', timestamp: 10, battery: 15 },
      { id: 'c', timestamp: 20, battery: 60, groups: ['north', 'night'] },
    ]);
    const rows = (filter: object) => ids(order.rows(query({ filter: { ...ALL, ...filter } }), everywhere));
    expect(rows({ state: 'moving' })).toBe('ba');
    expect(rows({ state: 'alarm' })).toBe('d');
    expect(rows({ battery: 20 })).toBe('ba');
    expect(rows({ group: 'north', battery: 20 })).toBe('a');
    expect(order.groups()).toEqual(['night', 'north']);
  });

  it('sorts by a figure either way, and what has none comes last', () => {
    const { devices, order } = fleet();
    devices.update([{ id: 'a', timestamp: 30, battery: 80 }, { id: 'b', timestamp: 10, battery: 5 }]);
    expect(ids(order.rows(query({ order: 'battery' }), everywhere))).toMatch(/^ba/);
    expect(ids(order.rows(query({ order: 'battery', descending: true }), everywhere))).toMatch(/^ab/);
  });

  it('takes up newcomers and new names', () => {
    const { devices, order } = fleet();
    order.rows(query({}), everywhere);
    devices.update([{ id: 'e', timestamp: 1, name: 'A-1' }, { id: 'c', timestamp: 21, name: 'Z-1' }]);
    expect(ids(order.rows(query({}), everywhere))).toBe('edbac');
  });
});

describe('the window of rows', () => {
  it('holds what is on the screen and a little more', () => {
    expect(windowOf(0, 500, 50, 600)).toEqual({ first: 0, last: 14 });
    expect(windowOf(5_000, 500, 50, 600)).toEqual({ first: 96, last: 114 });
  });

  it('ends with the last row, and is empty for an empty list', () => {
    expect(windowOf(29_900, 500, 50, 600)).toEqual({ first: 594, last: 600 });
    expect(windowOf(0, 500, 50, 0)).toEqual({ first: 0, last: 0 });
  });
});
