import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { OwnServer } from './ownServer';
import { LinkProxy } from './proxy';
import { openRoom, untilPhase } from './room';
import { ShiftFleet } from './shiftFleet';

/**
 * A shift: SHIFT_UNITS units report, SHIFT_EVENTS events happen, the server with its broker is killed once and
 * restarted once, a laptop's lid is closed for SHIFT_LID_MS, and the browser's clock is 10 minutes off. This is
 * the short form; `npm run shift:page` is the whole one (600 units, 200 events, 5 minutes).
 */
const EVENTS = Number(process.env.SHIFT_EVENTS ?? 60);
const UNITS = Number(process.env.SHIFT_UNITS ?? 20);
const LID_MS = Number(process.env.SHIFT_LID_MS ?? 10_000);
const OFF_MS = 600_000;
const QUARTER = EVENTS / 4;
/** Units that fall silent before the lid is closed. */
const SILENT = Math.max(2, Math.floor(UNITS / 20));
/** What is said of the picture has to be right within this. */
const TOLD_MS = 2_000;

interface Shift {
  readonly page: Page;
  readonly server: OwnServer;
  readonly proxy: LinkProxy;
  readonly fleet: ShiftFleet;
  readonly name: string;
}

test('a shift: every event once, nothing stale shown as fresh, no reload', async ({ page }) => {
  test.setTimeout(420_000 + LID_MS * 2);
  const server = await OwnServer.start();
  const proxy = await LinkProxy.open(server.url);
  const units = Array.from({ length: UNITS }, (_, i) => `shift-${String(i)}`);
  const fleet = await ShiftFleet.open(server.mqttUrl, units);
  const shift: Shift = { page, server, proxy, fleet, name: randomUUID().slice(0, 8) };
  try {
    await page.addInitScript(setClockOff, OFF_MS);
    await openRoom(page, proxy.url);
    await page.evaluate(() => { Object.assign(window, { sameVisit: true }); });
    await page.waitForFunction((wanted) => window.sightline?.known() === wanted, UNITS);

    fleet.happen(QUARTER, 0, shift.name);
    await restarted(shift, 'SIGKILL', QUARTER);
    await restarted(shift, 'SIGTERM', 2 * QUARTER);
    await heardOf(shift, units.slice(0, SILENT));
    fleet.silence(units.slice(0, SILENT));
    await lidClosed(shift, 3 * QUARTER);

    await everyEventOnce(shift);
    await nothingStaleShownAsFresh(shift);
    expect(await page.evaluate(() => 'sameVisit' in window)).toBe(true);
    console.log(`shift: ${String(UNITS)} units, ${String(EVENTS)} events, each shown once, 0 lost, 0 doubled; nothing stale shown as fresh; no reload`);
  } finally {
    await fleet.close();
    await proxy.close();
    await server.close();
  }
});

function setClockOff(off: number): void {
  const Real = Date;
  class Off extends Real {
    constructor(...given: [] | [number | string]) {
      super(...(given.length === 0 ? [Real.now() + off] : given) as [number]);
    }

    static override now(): number {
      return Real.now() + off;
    }
  }
  window.Date = Off as unknown as DateConstructor;
}

/** The server with its broker goes away while events happen, and comes back. */
async function restarted({ page, server, fleet, name }: Shift, signal: 'SIGKILL' | 'SIGTERM', first: number): Promise<void> {
  fleet.happen(QUARTER, first, name);
  const open = fleet.waiting;
  expect(open).toBeGreaterThan(0);
  const began = Date.now();
  const back = server.restart(signal);
  await untilUnvouched(page, began + TOLD_MS);
  const said = Date.now() - began;
  const away = await back;
  await untilPhase(page, 'live', 45_000);
  await expect.poll(() => fleet.waiting, { timeout: 30_000 }).toBe(0);
  console.log(`broker and server ended by ${signal} with ${String(open)} events unacknowledged: not live after ${String(said)} ms, back after ${String(away)} ms, live after ${String(Date.now() - began)} ms`);
}

/** A unit that nobody has heard of since the start would be offline after a while, and not stale. */
async function heardOf({ server }: Shift, units: readonly string[]): Promise<void> {
  const since = Date.now();
  const unheard = async () => {
    const answer = await fetch(`${server.url}api/v1/devices?limit=10000`);
    const { items } = (await answer.json()) as { items: { id: string; timestamp: number }[] };
    return units.filter((unit) => !items.some(({ id, timestamp }) => id === unit && timestamp > since));
  };
  await expect.poll(unheard, { timeout: 20_000 }).toEqual([]);
}

/**
 * The machine's link is gone and the page's processes stand still, as a laptop's do; then both wake. (Chromium
 * freezes no page that is looked at, so that its own lifecycle commands would change nothing here.)
 */
async function lidClosed({ page, proxy, fleet, name }: Shift, first: number): Promise<void> {
  const renderers = await renderersOf(page);
  const beats = () => page.evaluate(() => (window as unknown as { beats: number }).beats);
  await page.evaluate(() => {
    const beating = window as unknown as { beats: number };
    beating.beats = 0;
    setInterval(() => { beating.beats++; }, 100);
  });
  await expect.poll(beats).toBeGreaterThan(2);
  proxy.freeze();
  const before = await beats();
  for (const renderer of renderers) process.kill(renderer, 'SIGSTOP');
  const opens = Date.now() + LID_MS;
  fleet.happen(EVENTS - first, first, name);
  try {
    await expect.poll(() => Date.now() >= opens, { timeout: LID_MS + 5_000 }).toBe(true);
  } finally {
    for (const renderer of renderers) process.kill(renderer, 'SIGCONT');
  }
  const woke = Date.now();
  await untilUnvouched(page, woke + TOLD_MS);
  const said = Date.now() - woke;
  // It must have slept, or this shows nothing.
  const during = (await beats()) - before;
  expect(during).toBeLessThan(LID_MS / 100 / 2);
  proxy.cut();
  proxy.thaw();
  proxy.restore();
  await untilPhase(page, 'live', 60_000);
  console.log(`lid closed for ${String(LID_MS / 1_000)} s (${String(during)} timers of 100 ms fired): not live after ${String(said)} ms, live after ${String(Date.now() - woke)} ms`);
}

async function renderersOf(page: Page): Promise<readonly number[]> {
  const devtools = await page.context().browser()?.newBrowserCDPSession();
  const processes = (await devtools?.send('SystemInfo.getProcessInfo'))?.processInfo ?? [];
  const renderers = processes.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  expect(renderers.length).toBeGreaterThan(0);
  return renderers;
}

async function untilUnvouched(page: Page, deadline: number): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.page')?.getAttribute('data-vouched') === 'false', null, {
    timeout: Math.max(1, deadline - Date.now()), polling: 50,
  });
}

async function everyEventOnce({ page, fleet, name }: Shift): Promise<void> {
  await expect.poll(() => fleet.waiting, { timeout: 30_000 }).toBe(0);
  expect(fleet.acknowledged).toBe(EVENTS);
  await page.getByRole('searchbox', { name: 'Filter events' }).fill(name);
  const rows = page.locator('.event-row');
  const older = page.getByRole('button', { name: 'Show older' });
  await expect(rows.first()).toBeVisible();
  while ((await rows.count()) < EVENTS && (await older.isVisible())) await older.click();
  await expect(rows).toHaveCount(EVENTS, { timeout: 20_000 });
  await expect(rows.getByText('not yet recorded')).toHaveCount(0);
  const keys = await rows.evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset.event ?? ''));
  const ids = keys.map((key) => Number(key.split('-').at(-1))).sort((a, b) => a - b);
  expect(ids).toEqual(Array.from({ length: EVENTS }, (_, i) => i));
}

/** Every unit's state is the server's, and the silent ones are stale, with ages by the server's clock. */
async function nothingStaleShownAsFresh({ page, server, fleet }: Shift): Promise<void> {
  const silent = fleet.units.slice(0, SILENT);
  const differing = async () => {
    const answer = await fetch(`${server.url}api/v1/devices?limit=10000`);
    const { items } = (await answer.json()) as { items: { id: string; state: string }[] };
    const shown = await page.evaluate((ids) => ids.map((id) => window.sightline?.unit(id)?.state), items.map(({ id }) => id));
    const wrong = items.filter(({ state }, i) => state !== shown[i]).map(({ id }) => id);
    return [...wrong, ...items.filter(({ id, state }) => (state === 'stale') !== silent.includes(id)).map(({ id }) => id)];
  };
  await expect.poll(differing, { timeout: 90_000 }).toEqual([]);

  const [unit] = silent;
  await page.getByRole('searchbox', { name: 'Search units' }).fill(unit);
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: `Unit ${unit}`, exact: true });
  await expect(panel).toContainText('stale');
  const shown = secondsOf(await panel.locator('dt', { hasText: 'Age' }).locator('xpath=../dd').innerText());
  const real = (Date.now() - fleet.heardAt(unit)) / 1_000;
  console.log(`a silent unit: ${String(shown)} s old on the page, ${real.toFixed(1)} s in truth, by a browser whose clock is 10 minutes off`);
  expect(Math.abs(shown - real)).toBeLessThan(5);
  await expect(page.getByTestId('freshness')).toContainText(/newest \d+(\.\d)? s/);
}

/** `42 s`, `1 m 12 s`. */
function secondsOf(age: string): number {
  const [, minutes = '0', seconds = '0'] = /(?:(\d+) m)? ?(?:([\d.]+) s)?/.exec(age) ?? [];
  return Number(minutes) * 60 + Number(seconds);
}
