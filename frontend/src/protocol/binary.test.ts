// @vitest-environment node
import { readFileSync } from 'node:fs';
import { PerformanceObserver } from 'node:perf_hooks';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NumberedUnits } from '../devices/numbered';
import { DeviceStore } from '../devices/store';
import { BinaryReader } from './binary';
import { parseServerMessage } from './parse';

const samples = resolve(__dirname, '../../../wire-samples');
const text = (path: string) => readFileSync(resolve(samples, path), 'utf8').trim();
const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)).buffer;

function told(...names: string[]): { binary: DeviceStore; json: DeviceStore } {
  const binary = new DeviceStore(() => 7);
  const json = new DeviceStore(() => 7);
  const reader = new BinaryReader();
  const sink = new NumberedUnits(binary);
  for (const name of names) {
    reader.read(bytes(text(`binary/${name}.hex`)), sink);
    const message = parseServerMessage(text(`server/${name}.json`));
    if (message.type === 'snapshot') json.replace(message.devices, message.more);
    if (message.type === 'update') json.update(message.devices.filter(({ id }) => json.slotOf(id) !== undefined));
    if (message.type === 'remove') json.remove(message.devices);
  }
  return { binary, json };
}

describe('the binary samples', () => {
  it('snapshot says what its JSON says', () => {
    const { binary, json } = told('snapshot');
    expect(binary.units()).toEqual(json.units());
    expect(binary.units()).toHaveLength(2);
  });

  it('update says what its JSON says, of the units that are known', () => {
    const { binary, json } = told('snapshot', 'update');
    expect(binary.unitById('dev-1')).toEqual(json.unitById('dev-1'));
    expect(binary.unitById('dev-2')?.state).toBe('stale');
    const path = (store: DeviceStore) => store.paths.after(store.slotOf('dev-1') ?? -1, 0);
    expect(path(binary)).toEqual(path(json));
    expect(path(binary).length).toBeGreaterThan(0);
    expect(binary.size()).toBe(2);
  });

  it('a message that is cut off is refused, at any byte', () => {
    const frame = bytes(text('binary/snapshot.hex'));
    for (let length = 0; length < frame.byteLength; length++) {
      expect(() => new BinaryReader().read(frame.slice(0, length), new NumberedUnits(new DeviceStore(() => 0)))).toThrow(
        'cut off',
      );
    }
  });
});

/** A header of 12 bytes, and the devices. */
function message(type: number, ...devices: string[]): ArrayBuffer {
  return bytes(`0${String(type)}00${devices.length.toString(16).padStart(8, '0')}000000000001${devices.join('')}`);
}
const hex = (value: number, length: number) => value.toString(16).padStart(length, '0');
const named = (number: number, id: string) =>
  `${hex(number, 8)}0020${hex(1, 12)}${hex(id.length, 4)}${Buffer.from(id).toString('hex')}ffffffff0000`;

describe('numbers of a connection', () => {
  it('mean the unit that they were explained for, until it is removed', () => {
    const store = new DeviceStore(() => 0);
    const reader = new BinaryReader();
    const sink = new NumberedUnits(store);
    reader.read(message(1, named(0, 'a'), named(5, 'b')), sink);
    reader.read(message(3, hex(0, 8)), sink);
    expect(store.units().map((unit) => unit.id)).toEqual(['b']);
    reader.read(message(2, named(7, 'c')), sink);
    reader.read(message(2, `${hex(0, 8)}0004${hex(2, 12)}04`), sink);
    expect(store.counts()).toMatchObject({ total: 2, alarms: 0 });
    reader.read(message(2, `${hex(7, 8)}0004${hex(2, 12)}04`), sink);
    expect(store.unitById('c')?.alarm).toBe(true);
  });

  it('are explained anew with a whole snapshot', () => {
    const store = new DeviceStore(() => 0);
    const reader = new BinaryReader();
    const sink = new NumberedUnits(store);
    reader.read(message(1, named(0, 'a')), sink);
    reader.read(message(1, named(0, 'b')), sink);
    reader.read(message(2, `${hex(0, 8)}0004${hex(2, 12)}04`), sink);
    expect(store.units().map(({ id, alarm }) => ({ id, alarm }))).toEqual([{ id: 'b', alarm: true }]);
  });
});

describe('the decoder', () => {
  it('allocates nothing for an update: three million of them need no collection', async () => {
    const units = 1_000;
    const frames = 3_000;
    const store = new DeviceStore(() => 0);
    const reader = new BinaryReader();
    const sink = new NumberedUnits(store);
    const all = Array.from({ length: units }, (_, i) => i);
    reader.read(message(1, ...all.map((i) => named(i, `unit-${String(i)}`))), sink);
    const move = (at: number) =>
      message(2, ...all.map((i) => `${hex(i, 8)}0001${hex(at, 12)}${hex(at + 9, 12)}1c1925510${hex(at % 4096, 3)}c240235a0000056e`));
    const turns = [2, 3, 4, 5, 6, 7, 8, 9].map(move);
    const turn = (times: number) => {
      for (let i = 0; i < times; i++) {
        // Each turn is newer than the one before: the last word of the first unit's time is counted up.
        for (let unit = 0, view = new DataView(turns[i % 8]); unit < units; unit++) {
          view.setUint32(12 + unit * 32 + 8, i + 10);
        }
        reader.read(turns[i % 8], sink);
      }
    };
    let collections = 0;
    const observer = new PerformanceObserver((list) => { collections += list.getEntries().length; });
    observer.observe({ entryTypes: ['gc'] });
    const measured = async () => {
      collections = 0;
      turn(frames);
      await new Promise((done) => setTimeout(done, 0));
      return collections;
    };
    // Code that isn't compiled yet boxes its numbers; one box an update would be two collections or more a time.
    let fewest = await measured();
    for (let time = 0; time < 12 && fewest > 1; time++) {
      fewest = Math.min(fewest, await measured());
    }
    observer.disconnect();
    expect(store.unit(0).speed).toBeCloseTo(13.9);
    expect(fewest).toBeLessThanOrEqual(1);
  }, 60_000);
});
