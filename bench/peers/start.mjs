// node start.mjs NAME DIR: starts one peer with all its data in DIR, writes DIR/ready.json once it serves, and
// stops all of it on SIGTERM or SIGINT, or when one of its parts ends by itself.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Parts } from './parts.mjs';

const PEERS = ['seed', 'mosquitto', 'nats'];

async function main(name, dir) {
  if (!PEERS.includes(name) || dir === undefined) {
    console.error(`usage: node start.mjs ${PEERS.join('|')} DIR`);
    return 2;
  }
  const folder = resolve(dir);
  mkdirSync(folder, { recursive: true });
  const parts = new Parts(folder);
  const stopped = new Promise((done) => {
    process.once('SIGTERM', () => done(0));
    process.once('SIGINT', () => done(0));
    parts.onEnd((what) => {
      console.error(`${name}: ${what}`);
      done(1);
    });
  });
  try {
    const { start } = await import(`./${name}/peer.mjs`);
    const starting = start(parts, folder).then((ports) => ready(folder, { ...ports, pids: parts.pids() }));
    await Promise.race([starting, stopped]);
    return await stopped;
  } catch (failure) {
    console.error(`${name}: ${failure.message}`);
    return 1;
  } finally {
    await parts.stop();
  }
}

/** Written whole under another name first, so that whoever sees it can read it. */
function ready(folder, what) {
  const file = join(folder, 'ready.json');
  writeFileSync(`${file}.part`, `${JSON.stringify(what)}\n`);
  renameSync(`${file}.part`, file);
  console.log(`ready ${JSON.stringify(what)}`);
}

process.exit(await main(process.argv[2], process.argv[3]));
