import { parseServerMessage } from '../protocol/parse';
import { DeviceStore } from './store';

const TURN_MS = 50;
const STEP = 1e-5;

export interface Shift {
  readonly units: number;
  /** Positions in all. */
  readonly updates: number;
  /** Bytes of heap in use after a full collection. */
  readonly heapInUse: () => number;
}

export interface ShiftFigures {
  readonly updates: number;
  readonly seconds: number;
  /** Microseconds an update, parsed from its frame's text and applied; making the frames is not in it. */
  readonly microseconds: number;
  readonly heapBefore: number;
  readonly heapAfter: number;
  readonly newest: number;
}

/**
 * Plays a shift's updates through decoder and store as fast as they go: every unit twice a second, a tenth
 * of the fleet a frame. Heap is taken once all units are known, and again at the end.
 */
export function playShift({ units, updates, heapInUse }: Shift): ShiftFigures {
  const clock = { now: 0 };
  const devices = new DeviceStore(() => clock.now);
  const start = 1_767_225_600_000;
  const perFrame = Math.max(1, Math.floor(units / 10));
  let at = 0;
  let n = 0;
  const frame = () => {
    clock.now += TURN_MS;
    const items: string[] = [];
    for (let i = 0; i < perFrame; i++) {
      at = (at + 1) % units;
      const time = start + clock.now;
      const lon = 9.5 + (at % 100) * 0.001 + ((n * 7) % 1_000) * STEP;
      items.push(
        `{"id":"unit-${String(at)}","timestamp":${String(time)},"received":${String(time + 3)},"lat":${(47.1 + at * STEP).toFixed(7)},` +
          `"lon":${lon.toFixed(7)},"heading":${String(n % 360)},"speed":${String(n % 30)}.5,"state":"moving"}`,
      );
    }
    return `{"type":"update","n":${String(++n)},"devices":[${items.join(',')}]}`;
  };
  let spent = 0;
  const take = (text: string) => {
    const began = performance.now();
    const message = parseServerMessage(text);
    if (message.type === 'update') devices.update(message.devices);
    spent += performance.now() - began;
  };
  for (let seen = 0; seen < units; seen += perFrame) take(frame());
  const heapBefore = heapInUse();
  spent = 0;
  const began = performance.now();
  let taken = 0;
  for (; taken < updates; taken += perFrame) take(frame());
  const seconds = (performance.now() - began) / 1_000;
  return { updates: taken, seconds, microseconds: (spent * 1_000) / taken, heapBefore, heapAfter: heapInUse(), newest: devices.newestAt - start };
}
