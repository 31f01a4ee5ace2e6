// Plays eight hours of 600 units (34.6 million positions) through the page's decoder and store at full speed.
//
//   npm run shift [-- UPDATES [UNITS]]
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
const heapInUse = () => {
  collect();
  return process.memoryUsage().heapUsed;
};

const [updates = 34_560_000, units = 600] = process.argv.slice(2).map(Number);
const { module } = await runnerImport(fileURLToPath(new URL('../src/devices/shift.ts', import.meta.url)));
const mib = (bytes) => `${(bytes / 1_048_576).toFixed(2)} MiB`;
for (const form of ['binary', 'json']) {
  const { updates: all, microseconds, seconds, heapBefore, heapAfter } = module.playShift({ form, units, updates, heapInUse });
  console.log(`${form}: ${all} updates of ${units} units, ${microseconds.toFixed(2)} µs each, decoded and applied (${seconds.toFixed(1)} s with making the frames)`);
  console.log(`${form}: heap after a full collection ${mib(heapBefore)} before, ${mib(heapAfter)} after`);
}
