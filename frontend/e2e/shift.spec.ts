import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { BASE_URL, acknowledgeAll, field, freshId } from './field';
import { LinkProxy } from './proxy';
import { openRoom, untilPhase } from './room';

/**
 * A shift in short: SHIFT_EVENTS events (60) of SHIFT_UNITS units (20), two cuts of everything between
 * the page and the server, a laptop's lid closed for SHIFT_LID_MS (10 s), and a browser whose clock is
 * 10 minutes off. With SHIFT_EVENTS=200, SHIFT_UNITS=600 and SHIFT_LID_MS=300000 it is the whole one.
 */
const EVENTS = Number(process.env.SHIFT_EVENTS ?? 60);
const UNITS = Number(process.env.SHIFT_UNITS ?? 20);
const LID_MS = Number(process.env.SHIFT_LID_MS ?? 10_000);
const OFF_MS = 600_000;

test('a shift: every event once, nothing stale shown as fresh, no reload', async ({ page }) => {
  test.setTimeout(180_000 + LID_MS * 2);
  await acknowledgeAll();
  const shift = randomUUID().slice(0, 8);
  const units = Array.from({ length: UNITS }, () => freshId('shift'));
  const proxy = await LinkProxy.open();
  const mqtt = await field();
  let sent = 0;
  const send = async (count: number) => {
    for (let i = 0; i < count; i++, sent++) {
      const unit = units[sent % UNITS];
      await mqtt.publish(`devices/${unit}/events`, {
        id: `${shift}-${String(sent)}`, timestamp: Date.now(), type: 'trigger', severity: 'info', message: `shift ${shift}`,
      });
    }
  };
  try {
    await page.addInitScript((off) => {
      const real = Date.now.bind(Date);
      Date.now = () => real() + off;
    }, OFF_MS);
    await openRoom(page, proxy.url);
    await page.evaluate(() => { Object.assign(window, { sameVisit: true }); });
    for (const unit of units) {
      await mqtt.publish(`devices/${unit}/location`, { timestamp: Date.now(), lat: 47.1, lon: 9.6, speed: 3 });
    }
    await page.waitForFunction((ids) => ids.every((id) => window.sightline?.unit(id)), units);
    await send(EVENTS / 4);

    for (let cut = 0; cut < 2; cut++) {
      proxy.cut();
      await untilPhase(page, 'waiting', 5_000);
      await expect(page.locator('.page')).toHaveAttribute('data-vouched', 'false');
      await send(EVENTS / 4);
      proxy.restore();
      await untilPhase(page, 'live', 40_000);
    }

    // The lid: the machine's link is gone, and the page is frozen, as the browser does to a tab.
    const devtools = await page.context().newCDPSession(page);
    proxy.freeze();
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    const opens = Date.now() + LID_MS;
    await send(EVENTS - sent);
    await expect.poll(() => Date.now() >= opens, { timeout: LID_MS + 5_000 }).toBe(true);
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
    await untilPhase(page, 'stale', 3_000).catch(() => 0);
    proxy.cut();
    proxy.thaw();
    proxy.restore();
    await untilPhase(page, 'live', 60_000);

    // Every event once.
    await page.getByRole('searchbox', { name: 'Filter events' }).fill(shift);
    const rows = page.locator('.event-row');
    while (await page.getByRole('button', { name: 'Show older' }).isVisible().catch(() => false)) {
      if ((await rows.count()) >= EVENTS) break;
      await page.getByRole('button', { name: 'Show older' }).click();
    }
    await expect(rows).toHaveCount(EVENTS, { timeout: 20_000 });
    const keys = await rows.evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset.event));
    expect(new Set(keys).size).toBe(EVENTS);

    // Ages are the server's, whatever this browser's clock says, and nobody silent looks fresh.
    const answer = await fetch(new URL(`/api/v1/devices/${units[0]}`, BASE_URL));
    const { state } = (await answer.json()) as { state: string };
    expect((await page.evaluate((id) => window.sightline?.unit(id)?.state, units[0]))).toBe(state);
    await expect(page.getByTestId('freshness')).toContainText(/newest \d+(\.\d)? s/);
    expect(await page.evaluate(() => 'sameVisit' in window)).toBe(true);
    console.log(`shift: ${String(EVENTS)} events, ${String(new Set(keys).size)} shown once, 0 lost, 0 doubled, no reload`);
  } finally {
    await mqtt.close();
    await proxy.close();
  }
});
