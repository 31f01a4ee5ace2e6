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
const figures = module.playShift({ units, updates, heapInUse });
const mib = (bytes) => `${(bytes / 1_048_576).toFixed(2)} MiB`;
console.log(`${figures.updates} updates of ${units} units: ${figures.microseconds.toFixed(2)} µs each, decoded and applied (${figures.seconds.toFixed(1)} s with making the frames)`);
console.log(`heap after a full collection: ${mib(figures.heapBefore)} before, ${mib(figures.heapAfter)} after`);
