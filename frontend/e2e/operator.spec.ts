import { writeFileSync } from 'node:fs';
import type { Feature, Position } from 'geojson';
import { expect, test } from '@playwright/test';
import { NIGHT } from '../src/map/ground';
import { field } from './field';
import type { DevServer } from './devServer';
import { devServer } from './devServer';
import { bringFonts } from './fonts';
import { browserWidth, inkOf } from './ink';
import { count, mapPixels, rgb } from './pixels';
import { worldTile } from './pmtiles';
import { look, openRoom } from './room';

/** Half the side of the square that a name is looked for in, px. */
const REACH = 70;

const box = (west: number, south: number, east: number, north: number): Position[][] => [
  [[west, south], [east, south], [east, north], [west, north], [west, south]],
];
const polygon = (coordinates: Position[][], properties = {}): Feature => ({ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates } });
const place = (name: string, lon: number, lat: number): Feature => ({ type: 'Feature', properties: { name, kind: 'locality' }, geometry: { type: 'Point', coordinates: [lon, lat] } });

/** Joined letters, and from right to left: a map that does neither draws it half as wide again. */
const ARABIC = 'بببببببب';
/** Its first letter alone rises above the others: it has to be the one on the right. */
const HEBREW = 'לאאאאאאא';
/** Letters with marks above, below and before them: one that gets a width of its own shows at once. */
const MARKED = ['ที่นี่', 'हिन्दी', 'שָׁלוֹם', 'Vie\u0323\u0302t'];
/** The same word with vowel points, and without, as maps write it. */
const POINTED = 'مُحَمَّد';
const UNPOINTED = 'محمد';

/** An island that no other map has, with a lake, and names in several scripts, each far from another and from the map's buttons. */
const LAYERS = {
  earth: [polygon(box(-40, 20, -20, 40))],
  water: [polygon(box(-34, 26, -26, 34), { kind: 'lake' })],
  places: [
    place('東京港区', -38, 38), place(POINTED, -30, 38), place('Ελληνικά', -22, 38),
    place(ARABIC, -38, 35), place('ไทยแลนด์', -30, 35), place(HEBREW, -22, 35),
    place(MARKED[0], -38, 27), place(MARKED[1], -22, 27),
    place('Київщина', -38, 24), place(MARKED[2], -30, 24), place(MARKED[3], -22, 24),
  ],
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
    await bringFonts(page);
    await openRoom(page, server.url);
    await expect(page.getByText('© <Operator> & sons')).toBeVisible();
    await look(page, -30, 30, 4.5);
    const points: readonly (readonly [number, number])[] = [[-37, 30], [-30, 30]];
    const at = await page.evaluate((all) => all.map(([lon, lat]) => window.sightline?.project(lon, lat) ?? ([0, 0] as const)), points);
    await expect
      .poll(async () => (await mapPixels(page, at, 4)).map((square, i) => count(square, rgb(i === 0 ? NIGHT.land : NIGHT.water))), { timeout: 20_000 })
      .toEqual([81, 81]);
    const spots = await page.evaluate((all) => all.map(([, lon, lat]) => window.sightline?.project(lon, lat) ?? ([0, 0] as const)), NAMES);
    const inks = async () => (await mapPixels(page, spots, REACH)).map(inkOf);
    const written = await Promise.all(NAMES.map(([name]) => browserWidth(page, name === POINTED ? UNPOINTED : name, 14)));
    // How wide each name is against the browser's own writing of it, where that is not nearly the same.
    const wrong = async () => (await inks()).flatMap(({ width }, i) => {
      const share = width / written[i];
      return share > 0.85 && share < 1.15 ? [] : [`${NAMES[i][0]}: ${String(width)} px, not ${written[i].toFixed(0)}`];
    });
    await expect.poll(wrong, { timeout: 20_000 }).toEqual([]);
    // What would be drawn without joining is so much wider that the check above would see it.
    expect(await browserWidth(page, Array.from(ARABIC).join('\u200c'), 14)).toBeGreaterThan(1.2 * (await browserWidth(page, ARABIC, 14)));
    const hebrew = (await inks())[NAMES.findIndex(([name]) => name === HEBREW)];
    expect(hebrew.topAt).toBeGreaterThan(0.75);
  });

  test('shows units whose names are in any script, each in its own direction', async ({ page }) => {
    const broker = await field(server.url);
    await bringFonts(page);
    await openRoom(page, server.url);
    await look(page, -30, 30, 14);
    for (const [i, name] of [ARABIC, HEBREW, '東京港区', 'ไทยแลนด์', 'हिन्दी'].entries()) {
      const [id, lat] = [`script-${String(i)}`, 30.008 - i * 0.004];
      await broker.publish(`devices/${id}/status`, { name, online: true, timestamp: Date.now() });
      await broker.publish(`devices/${id}/location`, { timestamp: Date.now(), lat, lon: -30, speed: 0 });
      await page.waitForFunction((unit) => window.sightline?.unit(unit), id);
      const right = await browserWidth(page, name, 12, 600);
      const beside = async () => {
        const at = await page.evaluate((unit) => window.sightline?.unit(unit) ?? { x: 0, y: 0 }, id);
        // To the right of its mark.
        return inkOf((await mapPixels(page, [[at.x + 10 + 50, at.y]], 50))[0]).width;
      };
      await expect.poll(beside, { timeout: 10_000, message: `width of the unit’s name ${name}` }).toBeGreaterThan(right * 0.85);
      expect(await beside()).toBeLessThan(right * 1.2 + 4);
    }
    await page.getByRole('searchbox', { name: 'Search units' }).fill(ARABIC);
    const row = page.getByRole('option').locator('strong');
    await expect(row).toHaveText(ARABIC);
    await expect(row).toHaveCSS('direction', 'rtl');
    await broker.close();
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
