import { writeFileSync } from 'node:fs';
import type { Feature, Position } from 'geojson';
import { expect, test } from '@playwright/test';
import { NIGHT } from '../src/map/ground';
import type { DevServer } from './devServer';
import { devServer } from './devServer';
import { count, mapPixels, rgb } from './pixels';
import { worldTile } from './pmtiles';
import { look, openRoom } from './room';

const box = (west: number, south: number, east: number, north: number): Position[][] => [
  [[west, south], [east, south], [east, north], [west, north], [west, south]],
];
const polygon = (coordinates: Position[][], properties = {}): Feature => ({ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates } });
const place = (name: string, lon: number, lat: number): Feature => ({ type: 'Feature', properties: { name, kind: 'locality' }, geometry: { type: 'Point', coordinates: [lon, lat] } });

/** An island that no other map has, with a lake, and names in several scripts. */
const LAYERS = {
  earth: [polygon(box(-40, 20, -20, 40))],
  water: [polygon(box(-34, 26, -26, 34), { kind: 'lake' })],
  places: [place('東京港区', -38, 38), place('Ελληνικά', -22, 38), place('Київщина', -38, 22), place('ไทยแลนด์', -22, 22)],
};
const NAMES: readonly (readonly [string, number, number])[] = LAYERS.places.map(({ properties, geometry }) => {
  const [lon, lat] = geometry.type === 'Point' ? geometry.coordinates : [0, 0];
  return [String(properties?.name), lon, lat] as const;
});

test.describe('a basemap that the operator dropped', () => {
  let server: DevServer;

  test.beforeAll(async () => {
    const file = test.info().outputPath('operator.pmtiles');
    writeFileSync(file, worldTile(LAYERS, [-45, 15, -15, 45]));
    server = await devServer(5, { basemap: { file, layers: Object.keys(LAYERS).join(',') } });
  });
  test.afterAll(() => server.close());

  test('is the map, with its land, water, attribution, and names in any script', async ({ page }) => {
    await openRoom(page, server.url);
    await expect(page.getByText('© <Operator> & sons')).toBeVisible();
    await look(page, -30, 30, 4.5);
    const points: readonly (readonly [number, number])[] = [[-37, 30], [-30, 30]];
    const at = await page.evaluate((all) => all.map(([lon, lat]) => window.sightline?.project(lon, lat) ?? ([0, 0] as const)), points);
    await expect
      .poll(async () => (await mapPixels(page, at, 4)).map((square, i) => count(square, rgb(i === 0 ? NIGHT.land : NIGHT.water))), { timeout: 20_000 })
      .toEqual([81, 81]);
    for (const [name, lon, lat] of NAMES) {
      const ink = async () => {
        const spot = await page.evaluate(([x, y]) => window.sightline?.project(x, y) ?? ([0, 0] as const), [lon, lat] as const);
        return (await mapPixels(page, [spot], 12))[0].filter((pixel) => Math.min(...pixel) > 90).length;
      };
      await expect.poll(ink, { timeout: 10_000, message: `pixels of the name ${name}` }).toBeGreaterThan(12);
    }
  });

  test('can be put aside for the shipped one, which is remembered', async ({ page }) => {
    await openRoom(page, server.url);
    await page.getByRole('combobox', { name: 'Basemap' }).selectOption('Sightline’s own');
    await expect(page.getByText('© OpenStreetMap contributors')).toBeVisible();
    await page.reload();
    await page.waitForFunction(() => window.sightline?.settled());
    await expect(page.getByText('© OpenStreetMap contributors')).toBeVisible();
    await expect(page.getByText('© <Operator> & sons')).toHaveCount(0);
  });
});
