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
    await here.getByRole('article', { name: new RegExp(id) }).getByRole('button', { name: /^Acknowledge/ }).click();
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
