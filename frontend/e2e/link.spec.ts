import { expect, test } from '@playwright/test';
import { LinkProxy } from './proxy';
import { expectPill, openRoom, untilPhase } from './room';

test.describe('a cut connection', () => {
  let proxy: LinkProxy;

  test.beforeEach(async ({ page }) => {
    proxy = await LinkProxy.open();
    await openRoom(page, proxy.url);
  });

  test.afterEach(() => proxy.close());

  test('that goes silent shows as stale within 2 s, and recovers', async ({ page }) => {
    proxy.freeze();
    const took = await untilPhase(page, 'stale', 5_000);
    console.log(`stale after ${String(took)} ms of silence`);
    expect(took).toBeLessThan(2_100);
    await expectPill(page, 'stale');
    await expect(page.getByTestId('freshness')).toContainText('no word from the server');
    await expect(page.locator('.page')).toHaveAttribute('data-vouched', 'false');
    proxy.thaw();
    await untilPhase(page, 'live', 3_000);
    await expectPill(page, 'live');
  });

  test('that stays silent is given up, and made anew when the link is back', async ({ page }) => {
    proxy.freeze();
    await untilPhase(page, 'waiting', 8_000);
    proxy.cut();
    proxy.restore();
    proxy.thaw();
    await untilPhase(page, 'live', 15_000);
  });

  test('that is closed shows as not live at once, and recovers', async ({ page }) => {
    proxy.cut();
    expect(await untilPhase(page, 'waiting', 5_000)).toBeLessThan(2_000);
    await expectPill(page, 'stale');
    proxy.restore();
    const took = await untilPhase(page, 'live', 20_000);
    console.log(`live again ${String(took)} ms after the link was back`);
  });
});
