import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { SQUARES_PER_TILE } from '../src/map/crowds';
import { DAY, NIGHT } from '../src/map/ground';
import { mercatorX, mercatorY } from '../src/map/projection';
import { freshId, inTheField } from './field';
import { count, pixelsAround, rgb } from './pixels';
import { look, openRoom } from './room';

/** A place east of the fleet's streets, where no other unit is, nor one of an earlier run. */
const somewhere = () => ({ lat: 47.2 + Math.random() * 0.4, lon: 9.9 + Math.random() * 0.8 });

/** The middle of the square of counts that a place is in: units about its edge are counted in two squares, or drawn one by one. */
function middleOfSquare({ lat, lon }: { lat: number; lon: number }, zoom: number): { lat: number; lon: number } {
  const squares = SQUARES_PER_TILE * 2 ** zoom;
  const middle = (part: number) => (Math.floor(part * squares) + 0.5) / squares;
  return {
    lat: (Math.atan(Math.sinh(Math.PI * (1 - 2 * middle(mercatorY(lat))))) * 180) / Math.PI,
    lon: (middle(mercatorX(lon)) - 0.5) * 360,
  };
}

interface Place {
  readonly id: string;
  readonly lat: number;
  readonly lon: number;
  readonly timestamp?: number;
}

async function unitsAt(places: readonly Place[]): Promise<void> {
  await inTheField(async (publish) => {
    for (const { id, lat, lon, timestamp } of places) {
      await publish(`devices/${id}/location`, { timestamp: timestamp ?? Date.now(), lat, lon, heading: 0, speed: 9 });
    }
  });
}

async function untilShown(page: Page, ids: readonly string[]): Promise<void> {
  await page.waitForFunction((all) => all.every((id) => window.sightline?.unit(id)), ids);
}

async function clickAt(page: Page, lon: number, lat: number, modifiers: ('Shift')[] = []): Promise<void> {
  const at = await page.evaluate(([x, y]) => window.sightline?.project(x, y), [lon, lat] as const);
  if (!at) throw new Error('the map is not ready');
  await page.getByTestId('map').click({ position: { x: at[0], y: at[1] }, modifiers });
}

test('each of several units in one place can be reached', async ({ page }) => {
  const place = somewhere();
  const ids = [freshId('a'), freshId('b'), freshId('c')];
  await openRoom(page);
  await look(page, place.lon, place.lat, 15);
  await unitsAt(ids.map((id) => ({ id, ...place })));
  await untilShown(page, ids);
  for (const id of ids) {
    await clickAt(page, place.lon, place.lat);
    const chooser = page.getByRole('dialog', { name: '3 units in this place' });
    await chooser.getByRole('button', { name: new RegExp(id) }).click();
    await expect(page.getByRole('region', { name: `Unit ${id}` })).toBeVisible();
    await expect(chooser).toHaveCount(0);
  }
});

test('on a wall the map is enlarged with the rest, and a unit is where it is drawn', async ({ page }) => {
  await page.setViewportSize({ width: 2400, height: 1000 });
  const place = somewhere();
  const id = freshId('wall');
  await openRoom(page);
  await look(page, place.lon, place.lat, 15);
  await unitsAt([{ id, ...place, lon: place.lon + 0.004 }]);
  await untilShown(page, [id]);
  const at = await page.evaluate((unit) => window.sightline?.unit(unit), id);
  const box = await page.getByTestId('map').boundingBox();
  const width = await page.getByTestId('map').evaluate((map) => map.clientWidth);
  if (!at || !box) throw new Error('the map is not ready');
  const enlarged = box.width / width;
  expect(enlarged).toBeCloseTo(1.6, 1);
  // A picture this large takes a software renderer seconds: a click before the unit is in it hits nothing, and is made again.
  await expect(async () => {
    await page.mouse.click(box.x + at.x * enlarged, box.y + at.y * enlarged);
    await expect(page.getByRole('region', { name: `Unit ${id}` })).toBeVisible({ timeout: 8_000 });
  }).toPass({ timeout: 30_000 });
});

test('a crowd is one count, which opens into its units', async ({ page }) => {
  const middle = middleOfSquare(somewhere(), 9);
  const units = Array.from({ length: 260 }, (_, i) => ({
    id: freshId(`crowd${String(i)}`), lat: middle.lat + ((i % 16) - 8) * 2e-4, lon: middle.lon + (Math.floor(i / 16) - 8) * 3e-4,
  }));
  await openRoom(page);
  await unitsAt(units);
  await untilShown(page, units.map(({ id }) => id));
  await look(page, middle.lon, middle.lat, 9);
  await expect.poll(() => page.evaluate(() => window.sightline?.counted())).toBeGreaterThanOrEqual(260);
  const [at] = await page.evaluate(() => window.sightline?.counts() ?? []);
  await page.getByTestId('map').click({ position: at });
  await page.waitForFunction(() => (window.sightline?.zoom() ?? 0) > 12 && window.sightline?.settled());
  await expect.poll(() => page.evaluate(() => window.sightline?.counted())).toBe(0);
});

test('units watched beside the selected one keep their trails, and are brought into view together', async ({ page }) => {
  const place = somewhere();
  const [a, b] = [freshId('a'), freshId('b')];
  await openRoom(page);
  await look(page, place.lon, place.lat, 15);
  const start = Date.now() - 10_000;
  await unitsAt([{ id: a, ...place }, { id: b, lat: place.lat, lon: place.lon + 0.004, timestamp: start }]);
  await untilShown(page, [a, b]);
  await clickAt(page, place.lon, place.lat);
  await clickAt(page, place.lon + 0.004, place.lat, ['Shift']);
  await expect(page.getByRole('button', { name: `End trail of ${b}` })).toBeVisible();
  for (let i = 1; i <= 3; i++) {
    const north = place.lat + i * 0.001;
    await unitsAt([{ id: b, lat: north, lon: place.lon + 0.004, timestamp: start + i * 2_000 }]);
    await page.waitForFunction(([unit, lat]) => Math.abs((window.sightline?.unit(unit)?.lat ?? 0) - lat) < 1e-6, [b, north] as const);
  }
  const behind = await page.evaluate(([x, y]) => window.sightline?.project(x, y), [place.lon + 0.004, place.lat + 0.0015] as const);
  if (!behind) throw new Error('the map is not ready');
  await expect
    .poll(async () => (await pixelsAround(page, behind, 4)).filter(([r, g, blue]) => blue > 120 && blue > r + 50 && blue > g + 30).length, { timeout: 30_000 })
    .toBeGreaterThan(6);
  await look(page, 9.52, 47.14, 9);
  await page.getByRole('button', { name: 'Fit', exact: true }).click();
  await page.waitForFunction(() => window.sightline?.settled());
  const box = await page.getByTestId('map').boundingBox();
  for (const id of [a, b]) {
    const at = await page.evaluate((unit) => window.sightline?.unit(unit), id);
    expect(at && box && at.x > 0 && at.y > 0 && at.x < box.width && at.y < box.height).toBe(true);
  }
});

test('by day the map and the page are light, and the choice is remembered', async ({ page }) => {
  await openRoom(page);
  await look(page, 9.5215, 47.141, 14);
  const land = () => pixelsAround(page, [400, 400], 60);
  expect(count(await land(), rgb(NIGHT.land))).toBeGreaterThan(1_000);
  await page.getByRole('button', { name: 'Colours for the day' }).click();
  await expect.poll(async () => count(await land(), rgb(DAY.land)), { timeout: 30_000 }).toBeGreaterThan(1_000);
  expect(count(await land(), rgb(NIGHT.land))).toBeLessThan(1_000); // names are nearly as dark
  await page.reload();
  await page.waitForFunction(() => window.sightline?.settled());
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'day');
});

test('a browser that prefers light gets the day until it chooses', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await openRoom(page);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'day');
});

test('following ends when a person moves the map', async ({ page }) => {
  const place = somewhere();
  const id = freshId('unit');
  await openRoom(page);
  await look(page, place.lon, place.lat, 15);
  await unitsAt([{ id, ...place }]);
  await untilShown(page, [id]);
  await clickAt(page, place.lon, place.lat);
  await page.getByRole('region', { name: `Unit ${id}` }).getByRole('button', { name: 'Follow' }).click();
  const chip = page.getByRole('button', { name: `Following ${id}` });
  await expect(chip).toBeVisible();
  await unitsAt([{ id, lat: place.lat, lon: place.lon + 0.01 }]);
  await page.waitForFunction(
    ([unit, width]) => Math.abs((window.sightline?.unit(unit)?.x ?? 0) - width / 2) < width / 6,
    [id, (await page.getByTestId('map').boundingBox())?.width ?? 0] as const,
  );
  await page.mouse.move(700, 300);
  await page.mouse.down();
  await page.mouse.move(800, 380, { steps: 4 });
  await page.mouse.up();
  await expect(chip).toHaveCount(0);
});
