import { expect, test } from '@playwright/test';
import { freshId, inTheField } from './field';
import { count, pixelsAround, rgb } from './pixels';
import { look, openRoom } from './room';

const MOVING = rgb('#4ea1ff');

/** Two places about 200 m apart, east of the fleet's streets, where no other unit is, nor one of an earlier run. */
function twoPlaces() {
  const place = { lat: 47.2 + Math.random() * 0.4, lon: 9.9 + Math.random() * 0.8 };
  return [place, { ...place, lon: place.lon + 0.003 }] as const;
}

test('a position published over MQTT is on the map within a second', async ({ page }) => {
  const id = freshId('unit');
  const [A, B] = twoPlaces();
  await openRoom(page);
  await look(page, B.lon, B.lat, 14);
  await inTheField(async (publish) => {
    const location = (place: typeof B) => ({ ...place, timestamp: Date.now(), heading: 90, speed: 12 });
    await publish(`devices/${id}/location`, location(A));
    await page.waitForFunction((unit) => window.sightline?.unit(unit) !== null, id);

    const place = await page.evaluate((b) => window.sightline?.project(b.lon, b.lat), B);
    if (!place) throw new Error('the map is not ready');
    const before = await pixelsAround(page, place, 8);
    expect(count(before, MOVING, 30)).toBe(0);

    const sent = Date.now();
    await publish(`devices/${id}/location`, location(B));
    await page.waitForFunction(
      ([unit, lon, lat]) => {
        const drawn = window.sightline?.unit(unit);
        return drawn && Math.abs(drawn.lon - lon) < 1e-6 && Math.abs(drawn.lat - lat) < 1e-6;
      },
      [id, B.lon, B.lat] as const,
      { timeout: 5_000, polling: 'raf' },
    );
    const took = Date.now() - sent;
    console.log(`on the map, at its newest position, after ${String(took)} ms`);
    expect(took).toBeLessThan(1_000);
    await expect
      .poll(async () => count(await pixelsAround(page, place, 8), MOVING, 30), { timeout: 2_000 })
      .toBeGreaterThan(20);
  });
});

test('an older position never moves the marker back', async ({ page }) => {
  const id = freshId('unit');
  const [A, B] = twoPlaces();
  await openRoom(page);
  await inTheField(async (publish) => {
    const now = Date.now();
    await publish(`devices/${id}/location`, { ...B, timestamp: now });
    await page.waitForFunction((unit) => window.sightline?.unit(unit) !== null, id);
    await publish(`devices/${id}/location`, { ...A, timestamp: now - 60_000 });
    await publish(`devices/${id}/location`, { lat: B.lat, lon: B.lon + 0.001, timestamp: now + 1 });
    await page.waitForFunction(
      ([unit, lon]) => Math.abs((window.sightline?.unit(unit)?.lon ?? 0) - lon) < 1e-6,
      [id, B.lon + 0.001] as const,
    );
  });
});
