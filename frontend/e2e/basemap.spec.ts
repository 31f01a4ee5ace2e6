import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { NIGHT } from '../src/map/ground';
import { LAND_POINTS, SEA_POINTS } from './coast';
import { devServer } from './devServer';
import { count, mapPixels, pixelsAround, rgb } from './pixels';
import { look, openRoom } from './room';

const { land: LAND, sea: SEA } = NIGHT;
const VIEWS = [-120, 0, 120, 180].flatMap((lon) => [60, 15, -40, -72].map((lat) => [lon, lat] as const));
const REACH = 3;
const POINTS = [
  ...LAND_POINTS.map(([name, lon, lat]) => ({ name, lon, lat, drawn: LAND, not: SEA })),
  ...SEA_POINTS.map(([name, lon, lat]) => ({ name, lon, lat, drawn: SEA, not: LAND })),
];

function projected(page: Page, points: readonly { lon: number; lat: number }[]): Promise<(readonly [number, number])[]> {
  return page.evaluate(
    (places) => places.map(({ lon, lat }) => window.sightline?.project(lon, lat) ?? ([-1, -1] as const)),
    points.map(({ lon, lat }) => ({ lon, lat })),
  );
}

/** Which of the places that a view shows are drawn as what they aren't; `seen` takes all that were looked at. */
async function wrongIn(page: Page, lon: number, lat: number, seen = new Set<string>()): Promise<string[]> {
  await look(page, lon, lat, 2);
  const size = await page.getByTestId('map').boundingBox();
  const places = await projected(page, POINTS);
  const shown = POINTS.map((point, i) => ({ ...point, at: places[i] })).filter(
    ({ at: [x, y] }) => size && x > 20 && y > 20 && x < size.width - 80 && y < size.height - 40,
  );
  const squares = await mapPixels(page, shown.map(({ at }) => at), REACH);
  return shown.flatMap(({ name, drawn, not }, i) => {
    const [right, other] = [count(squares[i], rgb(drawn)), count(squares[i], rgb(not))];
    if (right + other === 0) return []; // under a label or a unit
    seen.add(name);
    return other >= right ? [`${name} in the view at ${String(lon)}, ${String(lat)}`] : [];
  });
}

test('land is drawn as land and sea as sea, at named places all over the world', async ({ page }) => {
  test.setTimeout(120_000);
  await openRoom(page);
  const wrong: string[] = [];
  const seen = new Set<string>();
  for (const [lon, lat] of VIEWS) wrong.push(...(await wrongIn(page, lon, lat, seen)));
  expect(wrong).toEqual([]);
  // Vaduz may be under the fleet; every other place has to have been looked at.
  expect(POINTS.map(({ name }) => name).filter((name) => name !== 'Vaduz' && !seen.has(name))).toEqual([]);
});

test('a basemap with a hole in it does not pass', async ({ page }) => {
  // The same check, of land that lacks what is around Paris.
  const land = JSON.parse(readFileSync(resolve(import.meta.dirname, '../public/map/land.json'), 'utf8')) as {
    features: { geometry: { coordinates: [number, number][][] } }[];
  };
  for (const { geometry } of land.features) {
    const lons = geometry.coordinates[0].map(([lon]) => lon);
    if (Math.min(...lons) < -5 && Math.max(...lons) > 60) geometry.coordinates.push([[1.2, 47], [1.2, 49.6], [4.5, 49.6], [4.5, 47], [1.2, 47]]);
  }
  const file = test.info().outputPath('land.json');
  writeFileSync(file, JSON.stringify(land));
  const server = await devServer(5, { land: file });
  try {
    await openRoom(page, server.url);
    expect(await wrongIn(page, 0, 60)).toEqual(['Paris in the view at 0, 60']);
  } finally {
    await server.close();
  }
});

test('countries are named where they are', async ({ page }) => {
  await openRoom(page);
  const countries = JSON.parse(readFileSync(resolve(import.meta.dirname, '../public/map/countries.json'), 'utf8')) as {
    features: { properties: { name: string }; geometry: { coordinates: [number, number] } }[];
  };
  for (const name of ['Spain', 'Poland', 'Libya', 'Mongolia']) {
    const spot = countries.features.find(({ properties }) => properties.name === name)?.geometry.coordinates;
    if (!spot) throw new Error(`${name} has no name on the map`);
    await look(page, spot[0], spot[1], 4);
    const label = async () => {
      const [at] = await projected(page, [{ lon: spot[0], lat: spot[1] }]);
      return (await pixelsAround(page, at, 14)).filter((pixel) => Math.min(...pixel) > 80).length;
    };
    await expect.poll(label, { timeout: 5_000, message: `pixels of the name of ${name}` }).toBeGreaterThan(15);
  }
});

test('the demonstration country has its streets, and says whose they are', async ({ page }) => {
  await openRoom(page);
  await look(page, 9.5215, 47.141, 14);
  const around = await pixelsAround(page, [400, 400], 250);
  expect(count(around, rgb(LAND))).toBeGreaterThan(around.length / 10);
  expect(count(around, rgb(NIGHT.street), 6) + count(around, rgb(NIGHT.main), 6)).toBeGreaterThan(500);
  await expect(page.getByText('© OpenStreetMap contributors')).toBeVisible();
});
