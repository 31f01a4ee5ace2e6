import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { Live } from '../live';
import { NO_EVENTS, fakeApi } from '../testing/fakeApi';
import { FakeSocket, FakeWorld } from '../testing/fakeWorld';
import '../testing/room';
import { LiveContext } from '../useLive';
import { Past } from './past';
import { PastBanner } from './Timeline';

const FROM = 1_000_000;
const TO = 2_000_000;

function looking() {
  fakeApi(() => NO_EVENTS);
  const world = new FakeWorld();
  const sockets: { query: string; socket: FakeSocket }[] = [];
  const past = new Past(
    world,
    (query) => {
      const socket = new FakeSocket();
      sockets.push({ query, socket });
      return socket;
    },
    FROM,
    TO,
    10,
  );
  past.start();
  const last = () => sockets[sockets.length - 1].socket;
  const told = (fields: object) => {
    last().says({ type: 'replay', time: FROM, from: FROM, to: TO, speed: 10, playing: true, ended: false, ...fields });
  };
  return { world, past, sockets, last, told };
}

describe('the room in the past', () => {
  it('shows units as they were, with ages by the time that is shown', () => {
    const { past, sockets, last, told, world } = looking();
    expect(sockets[0].query).toBe('from=1000000&to=2000000&speed=10');
    last().opens();
    expect(last().sent).toEqual([]);
    last().says({ type: 'welcome', protocol: 1, server: 'g', time: 9_999_999 });
    told({});
    last().says({ type: 'snapshot', devices: [{ id: 'a', timestamp: 999_000, received: 999_000, lat: 47, lon: 9.5, state: 'moving' }], more: false });
    expect(past.room.connection.current().phase).toBe('live');
    expect(past.room.devices.unitById('a')?.lat).toBe(47);
    world.pass(300);
    expect(past.room.clock.now()).toBe(FROM + 3_000);
    told({ time: FROM + 4_000, playing: false });
    world.pass(400);
    expect(past.room.clock.now()).toBe(FROM + 4_000);
  });

  it('seeks, plays, pauses and changes its speed; what was drawn before a jump is forgotten', () => {
    const { past, last, told } = looking();
    last().opens();
    told({});
    last().says({ type: 'events', events: [{ id: 'e', device: 'a', timestamp: 1, received: 1, type: 'alert' }], cursor: 'x' });
    past.seek(FROM + 60_000.4);
    past.play(false);
    past.speed(60);
    expect(last().sent).toEqual([{ type: 'seek', time: 1_060_000 }, { type: 'pause' }, { type: 'speed', speed: 60 }]);
    expect(past.state()).toMatchObject({ time: 1_060_000.4, playing: false, speed: 60 });
    expect(past.jumps).toBe(1);
    expect(past.room.feed.list()).toEqual([]);
    past.seek(FROM - 5);
    expect(past.state().time).toBe(FROM);
  });

  it('a lost link comes back to the same moment, paused if it was', () => {
    const { past, last, told, sockets, world } = looking();
    last().opens();
    told({ time: FROM + 500_000, playing: false });
    last().says({ type: 'snapshot', devices: [], more: false });
    last().onclose?.({ code: 1006 });
    world.pass(5_000);
    expect(sockets).toHaveLength(2);
    last().opens();
    expect(last().sent).toEqual([{ type: 'seek', time: FROM + 500_000 }, { type: 'pause' }]);
    past.stop();
    expect(world.timersSet).toBe(0);
  });

  it('a hand that moves before the link is there is obeyed once it is', () => {
    const { past, last } = looking();
    past.seek(FROM + 700_000);
    last().opens();
    expect(last().sent).toEqual([{ type: 'seek', time: FROM + 700_000 }]);
  });

  it('says so over everything, and leads back to live', async () => {
    const { past, last, told, world } = looking();
    last().opens();
    act(() => { told({ time: TO - 60_000, speed: 30 }); });
    let left = 0;
    render(
      <LiveContext value={new Live(world)}>
        <PastBanner past={past} now={TO} onLive={() => { left++; }} />
      </LiveContext>,
    );
    expect(screen.getByRole('status').textContent).toContain('THE PAST');
    expect(screen.getByRole('status').textContent).toContain('1 m 0 s ago');
    expect(screen.getByRole('status').textContent).toContain('30×');
    act(() => { told({ time: TO, ended: true, playing: false }); });
    expect(screen.getByRole('status').textContent).toContain('the end');
    await userEvent.click(screen.getByRole('button', { name: 'Back to live' }));
    expect(left).toBe(1);
  });
});
