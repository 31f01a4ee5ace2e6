import { BinaryReader } from '../protocol/binary';
import { parseServerMessage } from '../protocol/parse';
import { NumberedUnits } from './numbered';
import { ShiftFrames } from './shiftFrames';
import { DeviceStore } from './store';

export interface Shift {
  readonly form: 'binary' | 'json';
  readonly units: number;
  /** Positions in all. */
  readonly updates: number;
  /** Bytes of heap in use after a full collection. */
  readonly heapInUse: () => number;
}

export interface ShiftFigures {
  readonly updates: number;
  readonly seconds: number;
  /** Microseconds an update, decoded from its frame and applied; making the frames is not in it. */
  readonly microseconds: number;
  readonly heapBefore: number;
  readonly heapAfter: number;
  /** How far the newest position is from the shift's start, by the fleet's own clock, in ms. */
  readonly newest: number;
}

/**
 * Plays a shift's updates through decoder and store as fast as they go: every unit twice a second, a tenth
 * of the fleet a frame. Heap is taken once all units are known, and again at the end.
 */
export function playShift({ form, units, updates, heapInUse }: Shift): ShiftFigures {
  const frames = new ShiftFrames(units);
  const devices = new DeviceStore(() => frames.elapsedMs);
  const reader = new BinaryReader();
  const numbered = new NumberedUnits(devices);
  let spent = 0;
  const turn = () => {
    const frame = form === 'json' ? frames.json() : frames.binary();
    const began = performance.now();
    if (typeof frame === 'string') {
      const message = parseServerMessage(frame);
      if (message.type === 'update') devices.update(message.devices);
    } else {
      reader.read(frame, numbered);
    }
    spent += performance.now() - began;
    return frames.perFrame;
  };
  const first = parseServerMessage(frames.snapshot());
  if (first.type === 'snapshot') first.devices.forEach(({ id }, number) => { numbered.identity(number, id, id, null, []); });
  for (let seen = 0; seen < 2 * units; ) seen += turn();
  const heapBefore = heapInUse();
  spent = 0;
  const began = performance.now();
  let taken = 0;
  while (taken < updates) taken += turn();
  return {
    updates: taken,
    seconds: (performance.now() - began) / 1_000,
    microseconds: (spent * 1_000) / taken,
    heapBefore,
    heapAfter: heapInUse(),
    newest: devices.newestAt - frames.start,
  };
}
