import { expect, test } from '@playwright/test';
import { freshId, inTheField } from './field';
import { openRoom } from './room';

test('two browsers see one acknowledgement', async ({ browser }) => {
  const contexts = await Promise.all([browser.newContext(), browser.newContext()]);
  try {
    const [here, there] = await Promise.all(contexts.map((context) => context.newPage()));
    await Promise.all([openRoom(here), openRoom(there)]);
    const device = freshId('unit');
    const id = freshId('panic');
    await inTheField((publish) =>
      publish(`devices/${device}/events`, {
        id, timestamp: Date.now(), type: 'alert', severity: 'critical', message: `Panic ${id}`,
      }),
    );
    for (const page of [here, there]) {
      const card = page.getByRole('article', { name: new RegExp(id) });
      await expect(card).toHaveCount(1);
      await expect(card.getByText('not yet recorded')).toHaveCount(0);
      await expect(page).toHaveTitle(/^\(\d+\) Sightline$/);
    }
    // On the same machine both pages' clocks are one: pressed here, gone there.
    const key = `${device}/${id}`;
    const gone = there.evaluate((alarm) => new Promise<number>((resolve) => {
      const look = () => {
        if (document.querySelector(`[data-alarm="${alarm}"]`)) requestAnimationFrame(look);
        else resolve(Date.now());
      };
      look();
    }), key);
    await here.evaluate(() => {
      addEventListener('click', () => { Object.assign(window, { pressedAt: Date.now() }); }, { capture: true });
    });
    await here.getByRole('article', { name: new RegExp(id) }).getByRole('button', { name: /^Acknowledge/ }).click();
    const took = (await gone) - (await here.evaluate(() => (window as unknown as { pressedAt: number }).pressedAt));
    console.log(`acknowledged in one browser, seen in the other after ${String(took)} ms`);
    expect(took).toBeLessThan(1_000);
    for (const page of [here, there]) {
      await expect(page.getByRole('article', { name: new RegExp(id) })).toHaveCount(0);
      const row = page.locator(`[data-event="${device}/${id}"]`);
      await expect(row).toHaveCount(1);
      await expect(row).toContainText(/acknowledged \d\d:\d\d:\d\d, \S+/);
    }
  } finally {
    await Promise.all(contexts.map((context) => context.close()));
  }
});
