import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { violations } from './axe';
import { field } from './field';
import { OwnServer } from './ownServer';

const SETTINGS = `
people:
  - { name: Dispatcher 4, token: dispatcher-token-0123, groups: ["*"] }
  - { name: North Desk, token: north-desk-token-0123, groups: [north] }
devices:
  groups:
    north: ["n-*"]
`;

let server: OwnServer;

test.beforeAll(async () => {
  test.setTimeout(150_000);
  server = await OwnServer.start(SETTINGS);
});
test.afterAll(() => server.close());

const tokenField = (page: Page) => page.getByLabel('Token');
const isLive = (page: Page) => page.waitForFunction(() => window.sightline?.phase() === 'live', null, { timeout: 30_000 });

/** By the keyboard alone: the field has the focus, Enter signs in. */
async function signIn(page: Page, token: string): Promise<void> {
  await expect(tokenField(page)).toBeFocused();
  await page.keyboard.type(token);
  await page.keyboard.press('Enter');
}

test('one signs in with a token by the keyboard; a wrong one is said; signing out ends it in every tab', async ({ page, context }) => {
  const asked: string[] = [];
  page.on('websocket', (socket) => asked.push(socket.url()));
  await page.goto(server.url);
  await expect(page).toHaveTitle('Sightline – sign in');
  expect(await violations(page)).toEqual([]);

  await signIn(page, 'a-token-that-is-nobodys');
  await expect(page.getByRole('alert')).toContainText('This token is nobody’s');
  await expect(tokenField(page)).toHaveAttribute('aria-invalid', 'true');
  expect(await violations(page)).toEqual([]);
  expect(asked).toEqual([]);

  await page.keyboard.press('Control+a');
  await signIn(page, 'dispatcher-token-0123');
  await isLive(page);
  const who = page.getByRole('button', { name: 'Signed in as Dispatcher 4' });
  await expect(who).toHaveText('D4');
  expect(await violations(page)).toEqual([]);

  // Another tab of the same browser is in without being asked.
  const other = await context.newPage();
  await other.goto(server.url);
  await isLive(other);

  await who.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText('You have signed out');
  await expect(page.locator('.page')).toHaveCount(0);
  await expect(other.getByRole('status')).toContainText('your sign-in has ended', { timeout: 15_000 });
  await expect(other.locator('.page')).toHaveCount(0);
  expect(await violations(other)).toEqual([]);
});

test('a sign-in that the server ends is said at once, and the same page goes on with the next, who sees only their own', async ({ page, context }) => {
  const mqtt = await field(server.mqttUrl);
  for (const id of ['n-1', 's-1']) await mqtt.publish(`devices/${id}/location`, { timestamp: Date.now(), lat: 47.14, lon: 9.52 });
  await mqtt.close();
  await page.goto(server.url);
  await signIn(page, 'dispatcher-token-0123');
  await isLive(page);
  await page.waitForFunction(() => window.sightline?.unit('n-1') && window.sightline.unit('s-1'));
  await page.evaluate(() => { Object.assign(window, { sameVisit: true }); });
  await page.getByRole('button', { name: 'Play the past (P)' }).click();
  await expect(page.getByTestId('past')).toBeVisible();

  expect((await context.request.delete(`${server.url}api/v1/session`)).status()).toBe(204);
  await expect(page.getByRole('status')).toContainText('your sign-in has ended', { timeout: 15_000 });
  await expect(page.getByTestId('past')).toHaveCount(0);

  await signIn(page, 'north-desk-token-0123');
  await isLive(page);
  await expect(page.getByRole('button', { name: 'Signed in as North Desk' })).toHaveText('ND');
  expect(await page.evaluate(() => 'sameVisit' in window)).toBe(true);
  await page.waitForFunction(() => window.sightline?.unit('n-1') !== null);
  expect(await page.evaluate(() => window.sightline?.unit('s-1'))).toBeNull();
});
