import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { playShift } from './shift';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function heapInUse(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

it.each(['binary', 'json'] as const)('a shift’s updates in %s leave no more on the heap than its first turns did', (form) => {
  const { updates, heapBefore, heapAfter, newest } = playShift({ form, units: 600, updates: 300_000, heapInUse });
  expect(updates).toBeGreaterThanOrEqual(300_000);
  expect(newest).toBe((updates / 60 + 20) * 50);
  expect(heapAfter - heapBefore).toBeLessThan(2_000_000);
});
