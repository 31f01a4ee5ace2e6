import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { fakeApi } from '../testing/fakeApi';
import { renderInRoom } from '../testing/room';
import { SPANS, readTrack } from './track';
import type { TrackPoint } from './track';
import { UnitPanel } from './UnitPanel';

const point = (timestamp: number): TrackPoint => ({ timestamp, lat: 47, lon: 9.5, speed: 10 });

describe('a unit’s panel', () => {
  it('has its figures, where it is, and its last events each once, live ones first', async () => {
    fakeApi((path) => ({
      body: {
        items: path.includes('device=d')
          ? [
              { id: 'e2', device: 'd', timestamp: 2, type: 'trigger', message: 'Light bar on' },
              { id: 'e1', device: 'd', timestamp: 1, type: 'trigger', message: 'Ignition' },
            ]
          : [],
        next: null,
      },
    }));
    const spans: number[] = [];
    const { world } = renderInRoom(
      <UnitPanel
        id="d"
        track={{ recorded: [point(1)], recent: [point(20_000)], problem: null }}
        span={SPANS[0]}
        whereabouts={null}
        following={false}
        onSpan={(span) => spans.push(span)}
        onFollow={() => undefined}
        onHistory={() => undefined}
        onClose={() => undefined}
      />,
    );
    const event = { id: 'e2', device: 'd', timestamp: 2, received: 2, type: 'trigger', message: 'Light bar on' };
    act(() => {
      world.goLive([
        { id: 'd', timestamp: 1, name: 'V-1', lat: 47, lon: 9.5, battery: 12, signal: 64, speed: 13.9, state: 'moving', groups: ['north'] },
      ]);
      world.socket.says({ type: 'events', events: [event], cursor: '1.1' });
    });
    expect(await screen.findByText('12 %', {}, { timeout: 2_500 })).toBeTruthy();
    expect(screen.getByText('50 km/h')).toBeTruthy();
    expect(screen.getByText('north')).toBeTruthy();
    expect(await screen.findByText('Ignition')).toBeTruthy();
    expect(screen.getAllByText('Light bar on')).toHaveLength(1);
    await userEvent.selectOptions(screen.getByRole('combobox'), '6 h');
    expect(spans).toEqual([6 * 3_600_000]);
  });
});

describe('what was refused of a unit', () => {
  const panel = (
    <UnitPanel
      id="d"
      track={{ recorded: [], recent: [], problem: null }}
      span={SPANS[0]}
      whereabouts={null}
      following={false}
      onSpan={() => undefined}
      onFollow={() => undefined}
      onHistory={() => undefined}
      onClose={() => undefined}
    />
  );
  const shown = (answer: () => object) => {
    fakeApi((path) => (path === '/api/v1/devices/d' ? { body: answer() } : { body: { items: [], next: null } }));
    const { world } = renderInRoom(panel);
    act(() => { world.goLive([{ id: 'd', timestamp: 1, name: 'V-1', state: 'moving', skewed: true }]); });
  };

  it('is in its panel, in words, with field, time and hint, and is read again while the panel is open', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      let count = 1;
      shown(() => ({ id: 'd', refused: { count, time: 1_767_225_600_123, topic: 'location', reason: 'wrong-type', field: 'lat', detail: 'lat must be a number' } }));
      const note = await screen.findByRole('note');
      expect(note.textContent).toContain('1 message refused.');
      expect(note.textContent).toContain('(location · lat): a field is of the wrong JSON type.');
      expect(note.textContent).toContain('lat must be a number');
      expect(screen.getByText(/Its clock is wrong/)).toBeTruthy();
      count = 12;
      await act(() => vi.advanceTimersByTimeAsync(5_000));
      expect(screen.getByRole('note').textContent).toContain('12 messages refused.');
    } finally {
      vi.useRealTimers();
    }
  });

  it.each([
    ['same-id', 'Two clients use this id'],
    ['moon', '(location): moon'],
  ])('is understood for %s', async (reason, words) => {
    shown(() => ({ id: 'd', refused: { count: 3, time: 1, topic: 'location', reason } }));
    expect((await screen.findByRole('note')).textContent).toContain(words);
  });

  it('is not there where nothing was', async () => {
    shown(() => ({ id: 'd' }));
    await screen.findByText('No events of this unit.');
    await act(async () => { await Promise.resolve(); });
    expect(screen.queryByRole('note')).toBeNull();
  });
});

describe('a track', () => {
  it('of many hours is thinned by the server, one of minutes is whole', async () => {
    const calls = fakeApi(() => ({ body: { items: [point(2), point(1)], recordedThrough: 7 } }));
    const signal = new AbortController().signal;
    const read = await readTrack('a b', 0, SPANS[0], signal);
    expect(read.points.map(({ timestamp }) => timestamp)).toEqual([1, 2]);
    expect(read.recordedThrough).toBe(7);
    await readTrack('a b', 0, SPANS[3], signal);
    expect(calls.map(({ path }) => path)).toEqual([
      '/api/v1/devices/a%20b/track?from=0&to=900000&limit=10000',
      '/api/v1/devices/a%20b/track?from=0&to=86400000&limit=10000&every=28800',
    ]);
    vi.unstubAllGlobals();
  });
});
