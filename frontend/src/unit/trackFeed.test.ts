import { afterEach, describe, expect, it, vi } from 'vitest';
import { ServerClock } from '../connection/serverClock';
import { DeviceStore } from '../devices/store';
import { fakeApi } from '../testing/fakeApi';
import { TrackFeed } from './trackFeed';
import type { Track } from './trackFeed';

const NOW = 1_000_000;
const position = (timestamp: number) => ({ id: 'a', timestamp, received: timestamp, lat: 47, lon: 9 + timestamp * 1e-8, speed: 5 });

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function start(recordedThrough: () => number) {
  vi.useFakeTimers();
  const times = (until: number) => Array.from({ length: (until - NOW + 120_000) / 1_000 + 1 }, (_, i) => NOW - 120_000 + i * 1_000);
  fakeApi(() => ({ body: { items: times(recordedThrough()).map(position), next: null } }));
  const clock = new ServerClock(() => performance.now());
  clock.heard(NOW, performance.now());
  const devices = new DeviceStore(() => performance.now());
  const shown: { track: Track | null } = { track: null };
  const feed = new TrackFeed('a', 900_000, devices, clock, (track) => { shown.track = track; });
  const timestamps = () => [...(shown.track?.recorded ?? []), ...(shown.track?.recent ?? [])].map((point) => point.timestamp);
  return { devices, feed, shown, timestamps };
}

const second = 1_000;
function gaps(timestamps: readonly number[]): number[] {
  return timestamps.slice(1).map((at, i) => at - timestamps[i]).filter((gap) => gap !== second);
}

describe('the track of a unit', () => {
  it('has no hole between what is recorded and what the page has seen, before it was asked for too', async () => {
    let through = NOW - 30 * second;
    const { devices, feed, timestamps } = start(() => through);
    // History is 30 s behind; the page has been open for 35 s when the unit is selected.
    for (let at = NOW - 35 * second; at <= NOW; at += second) devices.update([position(at)]);
    feed.start();
    await vi.advanceTimersByTimeAsync(50);
    expect(timestamps().at(0)).toBe(NOW - 120 * second);
    expect(timestamps().at(-1)).toBe(NOW);
    expect(gaps(timestamps())).toEqual([]);

    for (let i = 1; i <= 40; i++) {
      devices.update([position(NOW + i * second)]);
      if (i === 10) through = NOW;
      await vi.advanceTimersByTimeAsync(second);
    }
    expect(timestamps().at(-1)).toBe(NOW + 40 * second);
    expect(gaps(timestamps())).toEqual([]);
    feed.close();
  });

  it('goes on with what the page sees when history does not answer, and says so', async () => {
    const { devices, feed, shown, timestamps } = start(() => { throw new Error('history is away'); });
    devices.update([position(NOW)]);
    feed.start();
    await vi.advanceTimersByTimeAsync(50);
    devices.update([position(NOW + second)]);
    await vi.advanceTimersByTimeAsync(second);
    expect(shown.track?.problem).toContain('history is away');
    expect(timestamps()).toEqual([NOW, NOW + second]);
    feed.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
