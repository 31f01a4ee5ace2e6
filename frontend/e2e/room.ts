import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type {} from '../src/sightlineHook';

/** Opens the page and waits until its picture is live and its map drawn. */
export async function openRoom(page: Page, url = '/'): Promise<void> {
  await page.goto(url);
  await page.waitForFunction(() => window.sightline?.phase() === 'live' && window.sightline.settled(), null, {
    timeout: 60_000,
  });
}

export async function look(page: Page, lon: number, lat: number, zoom: number): Promise<void> {
  await page.evaluate(([x, y, z]) => { window.sightline?.look(x, y, z); }, [lon, lat, zoom] as const);
  await page.waitForFunction(() => window.sightline?.settled() === true, null, { timeout: 60_000 });
}

export function phase(page: Page): Promise<string | undefined> {
  return page.evaluate(() => window.sightline?.phase());
}

/** Waits for a phase of the connection, on each animation frame; answers how long it took. */
export async function untilPhase(page: Page, wanted: string, timeout: number): Promise<number> {
  const start = Date.now();
  await page.waitForFunction((phase) => window.sightline?.phase() === phase, wanted, { timeout, polling: 'raf' });
  return Date.now() - start;
}

export async function expectPill(page: Page, look: 'live' | 'stale'): Promise<void> {
  await expect(page.getByTestId('freshness')).toHaveClass(new RegExp(`pill-${look}`));
}
