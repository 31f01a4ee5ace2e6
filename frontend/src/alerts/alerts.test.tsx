import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Live } from '../live';
import { NO_EVENTS, fakeApi } from '../testing/fakeApi';
import { fakeAudio } from '../testing/fakeAudio';
import { FakeWorld } from '../testing/fakeWorld';
import { AlertButtons } from './AlertButtons';
import { Alerts } from './alerts';
import { Desktop } from './desktop';
import { Sound } from './sound';
import { AlertsContext } from './useAlerts';

const panic = { id: 'e1', device: 'd', timestamp: 1, received: 1, type: 'alert', severity: 'critical', message: 'Panic button' };

class FakeNotification {
  static permission: NotificationPermission = 'default';
  static shown: FakeNotification[] = [];
  static requestPermission() {
    FakeNotification.permission = 'granted';
    return Promise.resolve(FakeNotification.permission);
  }
  onclick: (() => void) | null = null;
  constructor(readonly title: string, readonly options: NotificationOptions) {
    FakeNotification.shown.push(this);
  }
  close(): void { /* nothing is on the screen */ }
}

function room() {
  fakeApi(() => NO_EVENTS);
  FakeNotification.shown = [];
  FakeNotification.permission = 'default';
  const kept = new Map<string, string>();
  const { audio, tones } = fakeAudio();
  const world = new FakeWorld();
  const live = new Live(world);
  const tab = { title: '', icon: '', watched: true, focused: 0 };
  const sound = new Sound(() => audio, {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => { kept.set(key, value); },
  });
  const alerts = new Alerts(live, sound, new Desktop(FakeNotification as unknown as typeof Notification), {
    title: (text) => { tab.title = text; },
    icon: (name) => { tab.icon = name; },
    watched: () => tab.watched,
    focus: () => { tab.focused++; },
  });
  live.start();
  alerts.start();
  world.goLive([{ id: 'd', timestamp: 1, name: 'V-342' }]);
  return { world, live, alerts, sound, tab, tones, kept };
}

const arrives = (world: FakeWorld, ...events: object[]) => {
  world.socket.says({ type: 'events', events, cursor: '1.1' });
};

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('an alarm that nobody may overlook', () => {
  it('is silent until the first click, says so, and is heard after it', async () => {
    const { world, alerts, tones } = room();
    render(<AlertsContext value={alerts}><AlertButtons /></AlertsContext>);
    arrives(world, panic);
    expect(tones).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Sound is off until you click' }));
    expect(screen.getByRole('button', { name: 'Sound on' })).toBeTruthy();
    act(() => { world.pass(15_000); });
    expect(tones).toEqual([988, 659, 988, 659, 988, 659]);
  });

  it('each severity has its own sound, and a burst is one', () => {
    const { world, sound, tones } = room();
    sound.unlock();
    arrives(world, ...[1, 2, 3].map((i) => ({ ...panic, id: `w${String(i)}`, severity: 'warning' })));
    arrives(world, { ...panic, id: 'i', severity: 'info' });
    expect(tones).toEqual([587, 440]);
  });

  it('is heard again every 15 s until it is acknowledged', () => {
    const { world, live, sound } = room();
    sound.unlock();
    arrives(world, panic);
    world.pass(30_000);
    expect(sound.played).toBe(3);
    live.feed.acknowledged({ device: 'd', event: 'e1', by: 'x', time: 2 });
    world.pass(60_000);
    expect(sound.played).toBe(3);
  });

  it('muted stays muted for the next visit, and says so', () => {
    const { world, sound, tones, kept } = room();
    sound.mute(true);
    arrives(world, panic);
    expect(tones).toEqual([]);
    expect(sound.state()).toBe('muted');
    expect(kept.get('sightline.muted')).toBe('true');
  });

  it('is in the title and icon of the tab, and so is a picture that is not live', () => {
    const { world, tab } = room();
    expect(tab).toMatchObject({ title: 'Sightline', icon: 'icon' });
    arrives(world, panic);
    expect(tab).toMatchObject({ title: '(1) Sightline', icon: 'icon-alarm' });
    world.pass(2_000);
    expect(tab.title).toBe('(1) Sightline – not live');
    world.socket.says({ type: 'acknowledged', device: 'd', event: 'e1', by: 'x', time: 2, cursor: '1.2' });
    expect(tab).toMatchObject({ title: 'Sightline', icon: 'icon' });
  });

  it('is a desktop notification while nobody looks; a click on it leads to the alarm', async () => {
    const { world, alerts, tab } = room();
    const shown: string[] = [];
    alerts.showBy((entry) => shown.push(entry.id));
    render(<AlertsContext value={alerts}><AlertButtons /></AlertsContext>);
    await userEvent.click(screen.getByRole('button', { name: 'Allow desktop notifications' }));
    expect(screen.queryByRole('button', { name: 'Allow desktop notifications' })).toBeNull();
    arrives(world, panic);
    expect(FakeNotification.shown).toHaveLength(0);
    tab.watched = false;
    arrives(world, { ...panic, id: 'e2' }, { ...panic, id: 'w', severity: 'warning' });
    expect(FakeNotification.shown.map((note) => note.title)).toEqual(['Panic button · V-342']);
    FakeNotification.shown[0].onclick?.();
    expect(shown).toEqual(['e2']);
    expect(tab.focused).toBe(1);
  });
});
