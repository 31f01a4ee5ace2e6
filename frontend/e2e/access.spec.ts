import { expect, test } from '@playwright/test';
import { violations } from './axe';
import { acknowledgeAll, freshId, inTheField } from './field';
import { LinkProxy } from './proxy';
import { openRoom, untilPhase } from './room';

test('axe finds nothing: live, with an alarm and a unit’s panel open', async ({ page }) => {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await openRoom(page);
  const device = freshId('unit');
  const id = freshId('panic');
  await inTheField(async (publish) => {
    await publish(`devices/${device}/location`, { timestamp: Date.now(), lat: 47.14, lon: 9.52, heading: 10, speed: 9 });
    await publish(`devices/${device}/events`, { id, timestamp: Date.now(), type: 'alert', severity: 'critical', message: id });
  });
  const card = page.getByRole('article', { name: new RegExp(id) });
  await card.getByRole('button', { name: 'Show on map' }).click();
  await expect(page.getByRole('region', { name: /^Unit / })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  // Nothing of the page may need more than the Content-Security-Policy gives.
  expect(problems.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
  await card.getByRole('button', { name: /^Acknowledge/ }).click();
  await expect(card).toHaveCount(0);
});

test('axe finds nothing on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openRoom(page);
  expect(await violations(page)).toEqual([]);
  for (const sheet of ['units', 'events']) {
    await page.getByRole('navigation', { name: 'Sheets' }).getByRole('button', { name: new RegExp(sheet) }).click();
    expect(await violations(page)).toEqual([]);
  }
});

test('axe finds nothing in the table, the health page, the help, a unit’s history and the room in the past', async ({ page }) => {
  test.setTimeout(240_000); // five pages and states
  await openRoom(page);
  for (const key of ['t', 's']) {
    await page.keyboard.press(key);
    await expect(page.locator('.table-view, .health')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press(key);
  }
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await page.keyboard.press('j');
  await page.keyboard.press('h');
  await expect(page.getByRole('region', { name: /^History of / })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Play the past (P)' }).click();
  await expect(page.getByTestId('past')).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('axe finds nothing by day, on a desk and on a wall, with an alarm and a unit’s charts open', async ({ page }) => {
  test.setTimeout(180_000);
  await acknowledgeAll(); // the first ones alone have a card
  const device = freshId('unit');
  const id = freshId('panic');
  await openRoom(page);
  await page.evaluate(() => { document.documentElement.dataset.theme = 'day'; });
  await inTheField(async (publish) => {
    await publish(`devices/${device}/location`, { timestamp: Date.now(), lat: 47.14, lon: 9.52, heading: 10, speed: 9 });
    await publish(`devices/${device}/events`, { id, timestamp: Date.now(), type: 'alert', severity: 'critical', message: id });
  });
  const card = page.getByRole('article', { name: new RegExp(id) });
  await card.getByRole('button', { name: 'Show on map' }).click();
  await page.getByRole('button', { name: 'Charts' }).click();
  await expect(page.getByRole('img', { name: 'Speed over time' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.setViewportSize({ width: 2400, height: 1350 });
  expect(await violations(page)).toEqual([]);
  await card.getByRole('button', { name: /^Acknowledge/ }).click();
});

test('axe finds nothing on a phone that looks back', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openRoom(page);
  await page.getByRole('button', { name: 'Play the past (P)' }).click();
  await expect(page.getByTestId('past')).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('axe finds nothing when the link is cut, by night and by day', async ({ page }) => {
  const proxy = await LinkProxy.open();
  try {
    await openRoom(page, proxy.url);
    proxy.cut();
    await untilPhase(page, 'waiting', 5_000);
    for (const theme of ['night', 'day']) {
      await page.evaluate((name) => { document.documentElement.dataset.theme = name; }, theme);
      expect(await violations(page)).toEqual([]);
    }
  } finally {
    await proxy.close();
  }
});
