import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { acknowledgeAll, freshId, inTheField } from './field';
import { openRoom } from './room';

test.beforeEach(acknowledgeAll);

const PLACE = { lat: 47.1395, lon: 9.5228 };

/** A unit that is on the page, with another 500 m away, and a panic button to press. */
async function twoUnits() {
  const [unit, mate, alarm] = [freshId('unit'), freshId('mate'), freshId('panic')];
  await inTheField(async (publish) => {
    await publish(`devices/${unit}/location`, { ...PLACE, timestamp: Date.now(), heading: 10, speed: 9 });
    await publish(`devices/${mate}/location`, { ...PLACE, lat: PLACE.lat + 0.00001, timestamp: Date.now(), speed: 0 });
  });
  const press = (severity = 'critical', id = alarm) =>
    inTheField((publish) =>
      publish(`devices/${unit}/events`, { id, timestamp: Date.now(), type: 'alert', severity, message: id, ...PLACE }),
    );
  return { unit, mate, alarm, press };
}

const cardOf = (page: Page, alarm: string) => page.getByRole('article', { name: new RegExp(alarm) });

test('an alarm says what, who, where and who is near; a note and one key acknowledge it', async ({ page }) => {
  const { unit, mate, alarm, press } = await twoUnits();
  await openRoom(page);
  await press();
  const card = cardOf(page, alarm);
  await expect(card).toContainText(`${alarm} · ${unit}`);
  await expect(card).toContainText(/\d:\d\d/);
  await expect(card.getByRole('button', { name: new RegExp(`^${mate} 0 m`) })).toBeVisible();
  await expect(card.getByText('not yet recorded')).toHaveCount(0);

  await card.focus();
  await page.keyboard.press('n');
  await page.keyboard.type('Called back, false alarm');
  await page.keyboard.press('Enter');
  await expect(card).toHaveCount(0);
  const row = page.locator(`[data-event="${unit}/${alarm}"]`);
  await expect(row).toContainText('Called back, false alarm');
  await expect(row).toContainText(/acknowledged \d\d:\d\d:\d\d, \S+/);
});

test('sound is off until the first click, and the page says so; then an alarm is heard', async ({ page }) => {
  await page.addInitScript(() => {
    const heard: number[] = [];
    Object.assign(window, { heard });
    class Heard extends OscillatorNode {
      override start(at?: number) {
        heard.push(Math.round(this.frequency.value));
        super.start(at);
      }
    }
    AudioContext.prototype.createOscillator = function () {
      return new Heard(this);
    };
  });
  const heard = () => page.evaluate(() => (window as unknown as { heard: number[] }).heard);
  const { alarm, press } = await twoUnits();
  await openRoom(page);
  await expect(page.getByTestId('sound')).toHaveText('Sound is off until you click');
  await page.locator('.clock').click();
  await expect(page.getByRole('button', { name: 'Sound on' })).toBeVisible();
  await press();
  await expect(cardOf(page, alarm)).toBeVisible();
  await expect.poll(heard).toContain(988);

  await page.keyboard.press('m');
  await expect(page.getByTestId('sound')).toHaveText('Sound muted');
  await page.keyboard.press('m');
});

test('a background tab shows a standing alarm in its title and icon, and on the desktop', async ({ page, context, baseURL }) => {
  await context.grantPermissions(['notifications'], { origin: baseURL });
  await page.addInitScript(() => {
    const notes: string[] = [];
    class Note {
      static permission = 'granted';
      constructor(title: string) { notes.push(title); }
      close() { notes.pop(); }
    }
    Object.assign(window, { notes, Notification: Note });
  });
  const { unit, alarm, press } = await twoUnits();
  await openRoom(page);
  await page.evaluate(() => { document.hasFocus = () => false; });
  await press();
  await expect(page).toHaveTitle(/^\(\d+\) Sightline/);
  await expect(page.locator('link[rel="icon"]')).toHaveAttribute('href', '/icon-alarm.svg');
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { notes: string[] }).notes))
    .toContain(`${alarm} · ${unit}`);
});

test('an alarm shows over the map when the events are folded away, and leads back to them', async ({ page }) => {
  const { alarm, press } = await twoUnits();
  await openRoom(page);
  await page.getByRole('button', { name: 'Fold events' }).click();
  await press();
  const banner = page.locator('.alarm-banner');
  await expect(banner).toBeVisible();
  await banner.click();
  await expect(cardOf(page, alarm)).toBeVisible();
});

test('events are found by severity and text, and counted until read', async ({ page }) => {
  const { unit, press } = await twoUnits();
  const [warning, info] = [freshId('warning'), freshId('info')];
  await openRoom(page);
  await press('warning', warning);
  await press('info', info);
  const row = (id: string) => page.locator(`[data-event="${unit}/${id}"]`);
  await expect(row(info)).toHaveClass(/event-unread/);
  await page.getByRole('searchbox', { name: 'Filter events' }).fill(unit);
  await expect(page.locator('.event-row')).toHaveCount(2);
  await page.getByRole('button', { name: 'Warnings' }).click();
  await expect(page.locator('.event-row')).toHaveCount(1);
  await row(warning).getByRole('button').click();
  await expect(page.getByRole('region', { name: `Unit ${unit}` })).toBeVisible();
  await expect(row(warning)).not.toHaveClass(/event-unread/);
});

test('a help names every key, and single keys can be turned off', async ({ page }) => {
  await openRoom(page);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  await expect(help).toContainText('Acknowledge this alarm');
  await help.getByRole('checkbox', { name: 'Single keys are on' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
  await page.keyboard.press('?');
  await expect(help).toHaveCount(0);
});
