// Derives the basemap's GeoJSON files (public/map/) from world-atlas and an OpenStreetMap extract.
//
//   node basemap/make.mjs EXTRACT.osm.pbf [OUTPUT-FOLDER]
//
// Needs osmium (Debian: osmium-tool). The files are kept in the repository, so that neither a build
// nor a running page needs this script, the extract or a network.
import { spawn } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { layerOf } from './layers.mjs';
import { borders, countryNames, land } from './world.mjs';

const [extract, folder = fileURLToPath(new URL('../public/map', import.meta.url))] = process.argv.slice(2);
if (!extract) {
  console.error('usage: node basemap/make.mjs EXTRACT.osm.pbf [OUTPUT-FOLDER]');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const require = createRequire(import.meta.url);
const world = require('world-atlas/countries-50m.json');

/** Writes one FeatureCollection, a feature a line, so that a change shows as a small difference. */
function write(name, features) {
  if (features.length === 0) {
    throw new Error(`${name}: no features; is this the right extract?`);
  }
  const file = join(folder, `${name}.json`);
  const lines = features.map((feature) => JSON.stringify(feature)).join(',\n');
  writeFileSync(file, `{"type":"FeatureCollection","features":[\n${lines}\n]}\n`);
  console.log(`${name}: ${features.length} features, ${Math.round(statSync(file).size / 1024)} KiB`);
}

async function readExtract() {
  const layers = { roads: [], buildings: [], areas: [], lines: [], places: [] };
  const osmium = spawn('osmium', ['export', extract, '-f', 'geojsonseq', '-x', 'print_record_separator=false'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve, reject) => {
    osmium.on('error', reject);
    osmium.on('close', resolve);
  });
  for await (const line of createInterface({ input: osmium.stdout })) {
    const placed = layerOf(JSON.parse(line));
    if (placed) {
      layers[placed.layer].push(placed.feature);
    }
  }
  const code = await ended;
  if (code !== 0) {
    throw new Error(`osmium export ended with ${code}`);
  }
  return layers;
}

write('land', land(world));
write('borders', borders(world));
write('countries', countryNames(world));
for (const [name, features] of Object.entries(await readExtract())) {
  write(name, features);
}
