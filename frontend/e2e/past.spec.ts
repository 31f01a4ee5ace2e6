import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { BASE_URL, acknowledgeAll, freshId, inTheField } from './field';
import { openRoom } from './room';

const HOUR = 3_600_000;

/** Drives a unit for some minutes that are over, in one backlog, and waits until history has them. */
async function drove(id: string): Promise<{ from: number; to: number }> {
  const to = Date.now() - 120_000;
  const from = to - 600_000;
  const track = Array.from({ length: 301 }, (_, i) => ({
    timestamp: from + i * 2_000,
    lat: 47.14,
    // Drives for 4 minutes, stands for 3, and drives on.
    lon: 9.5 + (i < 120 ? i : i < 210 ? 120 : i - 90) * 0.0002,
    speed: i >= 120 && i < 210 ? 0 : 7.6,
    heading: 90,
  }));
  await inTheField(async (publish) => {
    for (let at = 0; at < track.length; at += 100) await publish(`devices/${id}/location`, track.slice(at, at + 100));
    await publish(`devices/${id}/location`, { ...track[300], timestamp: Date.now() });
  });
  await expect
    .poll(
      async () => {
        const answer = await fetch(new URL(`/api/v1/devices/${id}/track?from=${String(from - 1)}&to=${String(to + 1)}`, BASE_URL));
        return ((await answer.json()) as { items: unknown[] }).items.length;
      },
      { timeout: 45_000 },
    )
    .toBe(301);
  return { from, to };
}

test('a unit’s past has its stops and speeds, is scrubbed and played, and saved in three formats', async ({ page }) => {
  const id = freshId('unit');
  await drove(id);
  await openRoom(page);
  await page.getByRole('searchbox', { name: 'Search units' }).fill(id);
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: `Unit ${id}` }).getByRole('button', { name: 'History' }).click();
  const history = page.getByRole('region', { name: `History of ${id}` });
  await expect(history.getByRole('list', { name: 'Stops' }).getByRole('listitem')).toHaveCount(1, { timeout: 15_000 });
  await expect(history.getByRole('list', { name: 'Stops' })).toContainText(/[23] m \d+ s/);

  const hand = history.getByRole('slider', { name: 'Moment of the track' });
  await hand.focus();
  const before = Number(await hand.inputValue());
  await page.keyboard.press('PageUp');
  await expect.poll(async () => Number(await hand.inputValue())).toBeGreaterThan(before);
  await hand.fill(String(before));
  await history.getByRole('button', { name: 'Play' }).click();
  await expect.poll(async () => Number(await hand.inputValue())).toBeGreaterThan(before + 10_000);
  await history.getByRole('button', { name: 'Pause' }).click();

  for (const [name, start] of [['GeoJSON', '{"type":"Feature'], ['GPX', '<?xml'], ['CSV', 'time,timestamp,lat,lon']] as const) {
    const saving = page.waitForEvent('download');
    await history.getByRole('button', { name }).click();
    const file = await (await saving).path();
    expect((await readFile(file, 'utf8')).startsWith(start)).toBe(true);
  }

  // What history has not got yet is in the file too.
  const now = Date.now();
  await inTheField((publish) => publish(`devices/${id}/location`, { timestamp: now, lat: 47.14, lon: 9.543, speed: 3 }));
  await page.waitForFunction((unit) => Math.abs((window.sightline?.unit(unit)?.lon ?? 0) - 9.543) < 1e-6, id);
  const times = async () => {
    const saving = page.waitForEvent('download');
    await history.getByRole('button', { name: 'CSV' }).click();
    const rows = (await readFile(await (await saving).path(), 'utf8')).trim().split('\r\n').slice(1);
    return rows.map((row) => Number(row.split(',')[1]));
  };
  await expect.poll(async () => (await times()).at(-1), { timeout: 10_000 }).toBe(now);
  const saved = await times();
  expect(saved).toHaveLength(303);
  expect(saved).toEqual([...new Set(saved)].sort((a, b) => a - b));
  await page.keyboard.press('Escape');
  await expect(history).toHaveCount(0);
});

test('the whole room goes back in time, in a frame of its own, while a live alarm still arrives', async ({ page }) => {
  await acknowledgeAll();
  const [id, alarm] = [freshId('unit'), freshId('panic')];
  const { from, to } = await drove(id);
  const middle = from + 300_000;
  await openRoom(page);
  const unit = () => page.evaluate((name) => window.sightline?.unit(name) ?? null, id);
  await expect.poll(async () => (await unit())?.lon).toBeCloseTo(9.542, 4);

  const line = page.getByRole('slider', { name: 'Moment that is shown' });
  await expect.poll(async () => Number(await line.getAttribute('max'))).toBeGreaterThan(to);
  const toMiddle = async () => {
    const first = Number(await line.getAttribute('min'));
    await line.fill(String(Math.round((middle - first) / 1_000) * 1_000 + first));
  };
  await toMiddle();
  const banner = page.getByTestId('past');
  await expect(banner).toContainText('THE PAST');
  await expect(page.locator('.page')).toHaveAttribute('data-time', 'past');
  await expect.poll(async () => (await unit())?.lon, { timeout: 20_000 }).toBeCloseTo(9.524, 3);
  await page.keyboard.press('p');
  await expect(banner).toContainText('paused');

  await inTheField((publish) =>
    publish(`devices/${id}/events`, { id: alarm, timestamp: Date.now(), type: 'alert', severity: 'critical', message: alarm }),
  );
  await expect(page.getByRole('article', { name: new RegExp(alarm) })).toBeVisible();
  await expect(page.getByText('still live')).toBeVisible();

  await page.getByRole('combobox', { name: 'Speed' }).selectOption('60×');
  await page.keyboard.press('p');
  await expect(banner).toContainText('60×');
  await expect.poll(async () => (await unit())?.lon, { timeout: 20_000 }).toBeGreaterThan(9.53);
  // Also while it plays, a hand that is let go stays where it was let go.
  await toMiddle();
  await expect.poll(async () => (await unit())?.lon).toBeLessThan(9.53);

  await page.keyboard.press('l');
  await expect(banner).toHaveCount(0);
  await expect(page.locator('.page')).toHaveAttribute('data-time', 'now');
  await expect.poll(async () => (await unit())?.lon).toBeCloseTo(9.542, 4);
  expect(to - from).toBeLessThan(HOUR);
});
