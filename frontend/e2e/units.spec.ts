import { expect, test } from '@playwright/test';
import { freshId, inTheField } from './field';
import { openRoom } from './room';

test('a unit is found in the table by text, state and battery, and opened on the map', async ({ page }) => {
  const id = freshId('unit');
  await openRoom(page);
  await inTheField(async (publish) => {
    await publish(`devices/${id}/status`, { online: true, timestamp: Date.now(), battery: 17, signal: 64, kind: 'vehicle', name: `Car ${id}` });
    await publish(`devices/${id}/location`, { lat: 47.14, lon: 9.52, timestamp: Date.now(), heading: 90, speed: 12 });
  });
  await page.keyboard.press('t');
  const table = page.getByRole('grid', { name: 'Table of units' });
  const filters = page.getByRole('group', { name: 'Filter' });
  await filters.getByRole('searchbox').fill(id);
  await filters.getByRole('combobox', { name: 'Battery' }).selectOption('Battery ≤ 20 %');
  await filters.getByRole('combobox', { name: 'State' }).selectOption('Moving');
  await expect(table.locator('.cell-name')).toHaveText(`Car ${id}`);
  await expect(table.locator('.cell-battery')).toHaveText('17 %');
  await table.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: `Unit Car ${id}` });
  await expect(panel).toContainText('64 %');
  await expect(panel).toContainText('43 km/h');
  await expect(table).toHaveCount(0);
});

test('the table keeps few rows in the page, however many units there are, and sorts by any figure', async ({ page }) => {
  await openRoom(page);
  await inTheField(async (publish) => {
    for (const battery of [80, 20, 50]) {
      const id = freshId('unit');
      await publish(`devices/${id}/status`, { online: true, timestamp: Date.now(), battery, kind: 'vehicle' });
      await publish(`devices/${id}/location`, { lat: 47.14, lon: 9.52, timestamp: Date.now() });
    }
  });
  await page.getByRole('button', { name: 'Table of units (T)' }).click();
  const table = page.getByRole('grid', { name: 'Table of units' });
  await expect.poll(() => table.locator('.table-row').count()).toBeLessThan(60);
  await table.getByRole('button', { name: 'Battery' }).click();
  await expect(table.getByRole('columnheader', { name: 'Battery' })).toHaveAttribute('aria-sort', 'ascending');
  await page.mouse.move(700, 20);
  const figures = async () => (await table.locator('.cell-battery').allTextContents()).map(parseFloat).filter((n) => !Number.isNaN(n));
  await expect.poll(async () => {
    const shown = await figures();
    return shown.length >= 3 && shown.every((n, i) => i === 0 || n >= shown[i - 1]);
  }).toBe(true);
});

test('charts come only when they are opened, and the panel shows the last events', async ({ page }) => {
  const id = freshId('unit');
  const event = freshId('light');
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  const uplot = () => loaded.filter((path) => /uplot|UnitCharts/i.test(path));
  await openRoom(page);
  await inTheField(async (publish) => {
    for (let i = 0; i < 5; i++) {
      await publish(`devices/${id}/location`, { lat: 47.14 + i / 1e4, lon: 9.52, timestamp: Date.now() - (5 - i) * 1_000, speed: 8 + i });
    }
    await publish(`devices/${id}/events`, { id: event, timestamp: Date.now(), type: 'trigger', severity: 'info', message: event });
  });
  await page.locator(`[data-event="${id}/${event}"]`).getByRole('button').click();
  const panel = page.getByRole('region', { name: `Unit ${id}` });
  await expect(panel.getByRole('list', { name: 'Its last events' })).toContainText(event);
  expect(uplot()).toEqual([]);
  await panel.getByRole('button', { name: 'Charts' }).click();
  await expect(panel.getByRole('img', { name: 'Speed over time' }).locator('canvas')).toBeVisible();
  expect(uplot()).not.toEqual([]);
});
