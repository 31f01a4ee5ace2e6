import type { Feature } from 'geojson';
import geojsonvt from 'geojson-vt';
import { fromGeojsonVt } from 'vt-pbf';

/** A PMTiles 3 file of one vector tile that holds the whole world, from features by layer. */
export function worldTile(layers: Readonly<Record<string, readonly Feature[]>>, bounds: readonly [number, number, number, number]): Buffer {
  const tiles = Object.fromEntries(
    Object.entries(layers).map(([name, features]) => {
      const tile = geojsonvt({ type: 'FeatureCollection', features: [...features] }, { maxZoom: 0, indexMaxZoom: 0, tolerance: 0 }).getTile(0, 0, 0);
      if (!tile) throw new Error(`${name} has no features`);
      return [name, tile];
    }),
  );
  const tile = Buffer.from(fromGeojsonVt(tiles as unknown as Parameters<typeof fromGeojsonVt>[0], { version: 2 }));
  const directory = Buffer.concat([1, 0, 1, tile.length, 1].map(varint)); // one entry: id 0, run 1, its length, offset 0 (+ 1)
  const metadata = Buffer.from(JSON.stringify({ vector_layers: Object.keys(layers).map((id) => ({ id, fields: {} })) }));
  const header = Buffer.alloc(127);
  header.write('PMTiles', 0, 'latin1');
  header[7] = 3;
  const sections = [[directory.length], [metadata.length], [0], [tile.length]].flat();
  let offset = header.length;
  sections.forEach((length, i) => {
    header.writeBigUInt64LE(BigInt(offset), 8 + i * 16);
    header.writeBigUInt64LE(BigInt(length), 16 + i * 16);
    offset += length;
  });
  for (const at of [72, 80, 88]) header.writeBigUInt64LE(1n, at);
  header.set([1, 1, 1, 1, 0, 0], 96); // clustered; nothing is compressed; vector tiles; zoom 0 to 0
  bounds.forEach((degrees, i) => { header.writeInt32LE(Math.round(degrees * 1e7), 102 + i * 4); });
  return Buffer.concat([header, directory, metadata, tile]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}
