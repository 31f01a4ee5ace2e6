import { expect, test } from '@playwright/test';
import { freshId, inTheField } from './field';
import { LinkProxy } from './proxy';
import { expectPill, openRoom, phase } from './room';

test('an event appears once, and once after a reconnect that missed it', async ({ page }) => {
  const proxy = await LinkProxy.open();
  try {
    const device = freshId('unit');
    const [first, missed] = [freshId('first'), freshId('missed')];
    const row = (id: string) => page.locator(`[data-event="${device}/${id}"]`);
    const event = (id: string) => ({ id, timestamp: Date.now(), type: 'trigger', severity: 'warning', message: id });
    await openRoom(page, proxy.url);
    await inTheField(async (publish) => {
      await publish(`devices/${device}/events`, event(first));
      await expect(row(first)).toHaveCount(1);
      await expect(row(first).getByText('not yet recorded')).toHaveCount(0);

      proxy.cut();
      await expect.poll(() => phase(page)).toBe('waiting');
      await publish(`devices/${device}/events`, event(missed));
      proxy.restore();
      await expect(row(missed)).toHaveCount(1, { timeout: 25_000 });
      await expectPill(page, 'live');
      await expect(row(missed).getByText('not yet recorded')).toHaveCount(0);
      await expect(row(missed)).toHaveCount(1);
      await expect(row(first)).toHaveCount(1);
    });
  } finally {
    await proxy.close();
  }
});
