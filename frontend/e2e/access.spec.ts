import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { freshId, inTheField } from './field';
import { openRoom } from './room';

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

async function violations(page: import('@playwright/test').Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
