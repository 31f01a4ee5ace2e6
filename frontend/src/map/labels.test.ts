import { describe, expect, it } from 'vitest';
import { DeviceStore } from '../devices/store';
import { Labels } from './labels';
import { MarkerFrame } from './markerFrame';
import { coloursOf } from './palette';

const VIEW = { lon: 9.5, lat: 47.1, zoom: 14, width: 800, height: 600, hovered: -1, changed: true };
const CHARACTER = 7;

/** What was written, where: names are 7 px a character and 16 px high. */
function canvas() {
  const written: { text: string; x: number; y: number }[] = [];
  const context = {
    measureText: (text: string) => ({ width: text.length * CHARACTER }),
    strokeText: () => undefined,
    fillText: (text: string, x: number, y: number) => { written.push({ text, x, y }); },
  };
  return { context: context as unknown as CanvasRenderingContext2D, written };
}

function room(units: Parameters<DeviceStore['update']>[0], view: Partial<typeof VIEW> = {}, selected = '') {
  const devices = new DeviceStore(() => 0);
  devices.update(units);
  const { context, written } = canvas();
  const labels = new Labels(context);
  const frame = new MarkerFrame();
  const draw = (now: number, changed = true) => {
    written.length = 0;
    const slot = devices.slotOf(selected) ?? -1;
    const whole = { ...VIEW, ...view };
    frame.fill(devices, whole, { now, server: Number.NaN }, { selected: slot, watched: new Set() });
    labels.choose(frame, devices, { ...whole, selected: slot, now, changed });
    labels.draw(frame, coloursOf('night', true));
    return [...written];
  };
  return { devices, draw, frame };
}
const unit = (id: string, lon: number, more: object = {}) => ({ id, timestamp: 1, lon, lat: 47.1, state: 'moving' as const, ...more });

describe('names on the map', () => {
  it('lie neither over one another nor over a mark, wherever units stand', () => {
    const units = Array.from({ length: 400 }, (_, i) =>
      unit(`V-${String(100 + i)}`, 9.48 + ((i * 37) % 400) * 1e-4, { lat: 47.09 + ((i * 61) % 400) * 5e-5 }));
    const { draw, frame } = room(units);
    const written = draw(0);
    expect(written.length).toBeGreaterThan(30);
    const boxes = written.map(({ text, x, y }) => [x, y - 12, x + text.length * CHARACTER, y + 4] as const);
    boxes.forEach((a, i) => {
      boxes.slice(0, i).forEach((b) => {
        expect(a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]).toBe(false);
      });
      for (let mark = 0; mark < frame.count; mark++) {
        const [x, y] = [frame.data[mark * 6], frame.data[mark * 6 + 1]];
        expect(x > a[0] && x < a[2] && y > a[1] && y < a[3]).toBe(false);
      }
    });
  });

  it('stand on another side of the mark where the right one is taken', () => {
    const { draw } = room([unit('a', 9.5), unit('b', 9.5007)]);
    const names = Object.fromEntries(draw(0).map(({ text, x }) => [text, x]));
    expect(names.b).toBeGreaterThan(400);
    expect(Object.keys(names).sort()).toEqual(['a', 'b']);
  });

  it('are shown for alarms and the selected at any zoom, and for others when near', () => {
    const units = [unit('alarm', 9.5, { alarm: true }), unit('chosen', 9.7), unit('other', 9.3), unit('stale', 9.4, { state: 'stale' })];
    const texts = (zoom: number) => room(units, { zoom }, 'chosen').draw(0).map(({ text }) => text).sort();
    expect(texts(9)).toEqual(['alarm', 'chosen']);
    expect(room([unit('stale', 9.5, { state: 'stale' }), unit('other', 9.51)], { zoom: 12 }).draw(0).map(({ text }) => text)).toEqual(['stale']);
    expect(room([unit('other', 9.5)], { zoom: 13 }).draw(0)).toHaveLength(1);
  });

  it('move with their marks on every frame, but are chosen anew only a few times a second', () => {
    const { devices, draw } = room([unit('a', 9.5)]);
    const [before] = draw(0);
    devices.update([unit('b', 9.51)]);
    devices.update([unit('a', 9.502, { timestamp: 2 })]);
    const soon = draw(100, false);
    expect(soon.map(({ text }) => text)).toEqual(['a']);
    expect(soon[0].x).toBeGreaterThan(before.x);
    expect(draw(250, false).map(({ text }) => text).sort()).toEqual(['a', 'b']);
  });
});
