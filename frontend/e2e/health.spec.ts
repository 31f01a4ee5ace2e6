import { expect, test } from '@playwright/test';
import { openRoom } from './room';

test('the health page shows every part and its figures, and is read from an address of its own', async ({ page }) => {
  await openRoom(page, '/#/health');
  const parts = page.getByRole('list', { name: 'Parts' }).getByRole('listitem');
  await expect(parts.filter({ hasText: /^\s*Broker/ })).toContainText('up');
  await expect(parts.filter({ hasText: /^\s*Gateway/ })).toContainText(/clients\s*[1-9]/);
  await expect(parts.filter({ hasText: /^\s*Bridge/ })).toContainText('queue depth');
  await expect(page.getByRole('img', { name: 'Bridge queue depth' }).locator('canvas')).toBeVisible();
  await page.keyboard.press('s');
  await expect(parts).toHaveCount(0);
});
