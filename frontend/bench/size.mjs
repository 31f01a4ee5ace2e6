// What a browser loads before the first unit is drawn, gzipped, read from the built page; fails above the bound.
//
//   npm run build && npm run size
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const MOST_KB = 450;
const dist = fileURLToPath(new URL('../dist', import.meta.url));
const kb = (path) => gzipSync(readFileSync(join(dist, path)), { level: 9 }).length / 1_000;

const assets = readdirSync(join(dist, 'assets')).map((name) => `assets/${name}`);
const entry = readFileSync(join(dist, 'index.html'), 'utf8').match(/src="\/(assets\/[^"]+\.js)"/)[1];
const map = assets.find((name) => /\/mapHandle-[^/]+\.js$/.test(name));

/** A script and all that it loads before it runs. */
function withImports(path, found = new Set()) {
  if (!found.has(path)) {
    found.add(path);
    const imports = readFileSync(join(dist, path), 'utf8').matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g);
    for (const [, name] of imports) withImports(`assets/${name}`, found);
  }
  return found;
}

const first = [...new Set([...withImports(entry), ...withImports(map)])];
const total = first.reduce((sum, path) => sum + kb(path), 0);
for (const path of first) console.log(`${kb(path).toFixed(1).padStart(8)} KB  ${path}`);
console.log(`${total.toFixed(1).padStart(8)} KB  script before the first unit is drawn (at most ${MOST_KB})`);
const apart = [...assets.filter((name) => name.includes('worker')), ...readdirSync(join(dist, 'map')).filter((name) => name.endsWith('.json')).map((name) => `map/${name}`)];
for (const path of apart) console.log(`${kb(path).toFixed(1).padStart(8)} KB  ${path} (counted apart)`);
const later = assets.filter((name) => name.endsWith('.js') && !first.includes(name));
for (const path of later) console.log(`${kb(path).toFixed(1).padStart(8)} KB  ${path} (when opened)`);
process.exitCode = total > MOST_KB ? 1 : 0;
