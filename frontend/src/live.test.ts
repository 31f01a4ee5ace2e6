import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Live, WHOLE_FLEET_UNITS } from './live';
import { NO_EVENTS, fakeApi } from './testing/fakeApi';
import { FakeWorld } from './testing/fakeWorld';

afterEach(() => {
  vi.unstubAllGlobals();
});

const event = (id: string) => ({ id, device: 'd', timestamp: 1, received: 1, type: 'alert', severity: 'critical' });

function started() {
  const world = new FakeWorld();
  const live = new Live(world);
  live.start();
  return { world, live };
}

describe('the live room', () => {
  it('forgets a unit that was in a snapshot which was cut off, and is in the next no more', () => {
    fakeApi(() => NO_EVENTS);
    const { world, live } = started();
    world.socket.opens();
    world.socket.says({ type: 'snapshot', devices: [{ id: 'retired', timestamp: 1 }], more: true });
    world.socket.onclose?.({ code: 1006 });
    world.pass(5_000);
    world.goLive([{ id: 'there', timestamp: 1 }]);
    expect(live.devices.units().map(({ id }) => id)).toEqual(['there']);
  });

  it('forgets it where snapshots are binary too', () => {
    fakeApi(() => NO_EVENTS);
    const { world, live } = started();
    const snapshot = readFileSync(resolve(__dirname, '../../wire-samples/binary/snapshot.hex'), 'utf8').trim();
    const cutOff = `${snapshot.slice(0, 2)}01${snapshot.slice(4)}`;
    world.socket.opens();
    world.socket.packs(cutOff);
    expect(live.devices.size()).toBe(2);
    world.socket.onclose?.({ code: 1006 });
    world.pass(5_000);
    world.socket.opens();
    const empty = `${snapshot.slice(0, 4)}00000000${snapshot.slice(12, 24)}`;
    world.socket.packs(empty);
    expect(live.devices.size()).toBe(0);
  });

  it('shows recent events with the live ones, each once', async () => {
    const calls = fakeApi(() => ({ body: { items: [event('old'), event('both')], next: null } }));
    const { world, live } = started();
    world.goLive();
    world.socket.says({ type: 'events', events: [event('both')], cursor: '1.2' });
    await vi.waitFor(() => {
      expect(live.feed.list().map((entry) => entry.id).sort()).toEqual(['both', 'old']);
    });
    expect(calls.map((call) => call.path)).toEqual([
      '/api/v1/events?limit=200',
      '/api/v1/events?limit=200&severity=critical',
    ]);
  });

  it('reads recent events again after a reconnect for as long as it has no cursor', async () => {
    const calls = fakeApi(() => ({ body: { items: [event(`e${String(Math.ceil(calls.length / 2))}`)], next: null } }));
    const { world, live } = started();
    world.goLive();
    world.socket.onclose?.({ code: 1006 });
    world.pass(5_000);
    world.goLive();
    await vi.waitFor(() => {
      expect(live.feed.list()).toHaveLength(2);
    });
    world.socket.says({ type: 'events', events: [], cursor: '1.1' });
    world.socket.onclose?.({ code: 1006 });
    world.pass(5_000);
    world.goLive();
    expect(world.socket.sent[0]).toMatchObject({ events: { since: '1.1' } });
    expect(calls).toHaveLength(4);
  });

  it('fills a gap from history, acknowledgements included, and only then moves its cursor', async () => {
    const pages: Record<string, unknown> = {
      '1.a': { items: [event('e1'), event('e2')], next: '1.c' },
      '1.c': { items: [{ type: 'acknowledged', device: 'd', event: 'e1', by: 'local', time: 5 }], next: null },
    };
    fakeApi((path) => {
      const cursor = new URL(path, 'http://x').searchParams.get('cursor');
      return { body: cursor === null ? { items: [], next: null } : pages[cursor] };
    });
    const { world, live } = started();
    world.goLive();
    world.socket.says({ type: 'gap', from: '1.a', to: '1.d' });
    await vi.waitFor(() => {
      expect(live.feed.list()).toHaveLength(2);
    });
    const acknowledged = live.feed.list().filter((entry) => entry.acknowledged);
    expect(acknowledged.map((entry) => entry.id)).toEqual(['e1']);
    world.socket.onclose?.({ code: 1006 });
    world.pass(5_000);
    world.socket.opens();
    expect(world.socket.sent[0]).toMatchObject({ events: { since: '1.d' } });
  });

  it('reads recent events again when history was replaced and knows its cursor no longer', async () => {
    const calls = fakeApi(() => ({ body: { items: calls.length > 2 ? [event('anew')] : [], next: null } }));
    vi.spyOn(console, 'warn').mockReturnValue();
    const { world, live } = started();
    world.goLive();
    world.socket.says({ type: 'events', events: [], cursor: '1.9' });
    world.socket.says({ type: 'error', code: 'unknown-cursor', detail: 'the log has no such entry' });
    await vi.waitFor(() => {
      expect(live.feed.list().map((entry) => entry.id)).toEqual(['anew']);
    });
  });

  it('with history down, a gap is asked for again on the next connection', async () => {
    const calls = fakeApi(() => ({ status: 503, body: { title: 'Unavailable', detail: 'history does not answer' } }));
    vi.spyOn(console, 'warn').mockReturnValue();
    const { world } = started();
    world.goLive();
    world.socket.says({ type: 'gap', from: '1.a', to: '1.d' });
    await vi.waitFor(() => {
      expect(calls.filter((call) => call.path.includes('cursor'))).toHaveLength(1);
    });
    world.socket.onclose?.({ code: 1006 });
    world.pass(5_000);
    world.socket.opens();
    expect(world.socket.sent[0]).toMatchObject({ events: { since: '1.a' } });
  });

  it('reports the newest update that it has drawn, a few times a second at most', async () => {
    fakeApi(() => NO_EVENTS);
    const { world } = started();
    world.goLive();
    const drawn = () => world.socket.sent.filter((sent) => (sent as { type: string }).type === 'drawn');
    for (let n = 1; n <= 50; n++) {
      world.socket.says({ type: 'update', n, devices: [] });
    }
    world.pass(1);
    await vi.waitFor(() => {
      expect(drawn()).toEqual([{ type: 'drawn', n: 50 }]);
    });
  });

  it('tells the server when nobody looks', () => {
    fakeApi(() => NO_EVENTS);
    const { world, live } = started();
    world.goLive();
    live.visible(false);
    expect(world.socket.sent.at(-1)).toEqual({ type: 'visible', visible: false });
  });

  const subscriptions = (world: FakeWorld) =>
    world.socket.sent.filter((sent) => (sent as { type: string }).type === 'subscribe');
  const fleet = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `u${String(i)}`, timestamp: 1 }));

  it('follows a small fleet whole, wherever the map is', () => {
    fakeApi(() => NO_EVENTS);
    const { world, live } = started();
    live.look([9, 47, 10, 48], 11);
    world.goLive(fleet(600));
    world.pass(1_000);
    expect(subscriptions(world)).toHaveLength(1);
    expect(live.narrowed).toBe(false);
  });

  it('follows a large fleet by what the map shows, on later connections too', () => {
    fakeApi(() => NO_EVENTS);
    const { world, live } = started();
    live.look([9, 47, 10, 48], 11);
    world.goLive(fleet(WHOLE_FLEET_UNITS + 1));
    world.pass(1_000);
    live.look([9, 47, 10.5, 48], 11, ['u1']);
    live.look([9, 47, 11, 48], 11, ['u1']);
    world.pass(1_000);
    expect(subscriptions(world).slice(1)).toEqual([
      { type: 'subscribe', view: { bbox: [9, 47, 10, 48], zoom: 11 }, pins: [], events: { since: null } },
      { type: 'subscribe', view: { bbox: [9, 47, 11, 48], zoom: 11 }, pins: ['u1'], events: { since: null } },
    ]);
    world.socket.says({ type: 'cells', zoom: 9, cells: [{ lat: 47, lon: 9, count: 41, alarms: 1 }] });
    expect(live.cells).toEqual([{ lat: 47, lon: 9, count: 41, alarms: 1 }]);
    world.socket.onclose?.({ code: 1006 });
    world.pass(5_000);
    world.socket.opens();
    expect(subscriptions(world)).toMatchObject([{ view: { bbox: [9, 47, 11, 48] }, pins: ['u1'] }]);
  });

  it('follows a large fleet by what the map shows when its picture came before the map was drawn', () => {
    fakeApi(() => NO_EVENTS);
    const { world, live } = started();
    world.goLive(fleet(WHOLE_FLEET_UNITS + 1));
    world.pass(1_000);
    live.look([9, 47, 10, 48], 11);
    world.pass(1_000);
    expect(subscriptions(world).slice(1)).toEqual([
      { type: 'subscribe', view: { bbox: [9, 47, 10, 48], zoom: 11 }, pins: [], events: { since: null } },
    ]);
  });

  it('leaves no timer and no socket when stopped', () => {
    fakeApi(() => NO_EVENTS);
    const { world, live } = started();
    world.goLive();
    live.stop();
    expect(world.socket.closed).toBe(true);
    expect(world.timersSet).toBe(0);
  });
});
