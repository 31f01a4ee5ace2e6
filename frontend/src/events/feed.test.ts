import { describe, expect, it } from 'vitest';
import { EventFeed, isAlarm } from './feed';

const event = (id: string, received = 1, severity = 'info', device = 'dev') => ({
  id, device, timestamp: 0, received, type: 'alert', severity,
});

describe('the event feed', () => {
  it('shows an event once, by device and id, however often and by whatever way it comes', () => {
    const feed = new EventFeed();
    feed.pending([event('e')]);
    feed.recorded([event('e')]);
    feed.recorded([event('e')], true);
    feed.pending([event('e')]);
    expect(feed.list()).toHaveLength(1);
    expect(feed.list()[0].recording).toBe('recorded');
  });

  it('two devices may use the same id', () => {
    const feed = new EventFeed();
    feed.recorded([event('e', 1, 'info', 'a'), event('e', 2, 'info', 'b')]);
    expect(feed.list().map((entry) => entry.device)).toEqual(['b', 'a']);
  });

  it('orders by arrival at the server: a device’s clock may be anything', () => {
    const feed = new EventFeed();
    feed.recorded([{ ...event('old', 10), timestamp: 9e15 }, event('new', 20)]);
    expect(feed.list().map((entry) => entry.id)).toEqual(['new', 'old']);
  });

  it('says why an event is not recorded, and keeps one that is', () => {
    const feed = new EventFeed();
    feed.pending([event('a')]);
    feed.recorded([event('b')]);
    feed.unrecorded('dev', 'a', 'store');
    feed.unrecorded('dev', 'b', 'store');
    expect(feed.list().map((entry) => entry.recording)).toEqual([{ unrecorded: 'store' }, 'recorded']);
  });

  it('an alarm is a critical event until somebody acknowledges it', () => {
    const feed = new EventFeed();
    feed.pending([event('e', 1, 'critical')]);
    expect(feed.list().filter(isAlarm)).toHaveLength(1);
    feed.acknowledged({ device: 'dev', event: 'e', by: 'dispatcher 4', time: 7 });
    feed.recorded([event('e', 1, 'critical')]);
    expect(feed.list().filter(isAlarm)).toHaveLength(0);
    expect(feed.list()[0].acknowledged).toMatchObject({ by: 'dispatcher 4', time: 7 });
  });

  it('an acknowledgement that comes before its event is kept for it', () => {
    const feed = new EventFeed();
    feed.acknowledged({ device: 'dev', event: 'e', by: 'x', time: 7 });
    feed.recorded([event('e', 1, 'critical')], true);
    expect(feed.list().filter(isAlarm)).toHaveLength(0);
  });

  it('what arrived live is unread until looked at; history is not', () => {
    const feed = new EventFeed();
    feed.recorded([event('old')], true);
    feed.recorded([event('new')]);
    expect(feed.list().filter((entry) => entry.unread).map((entry) => entry.id)).toEqual(['new']);
    feed.markRead();
    expect(feed.list().some((entry) => entry.unread)).toBe(false);
  });

  it('keeps a thousand entries, the newest, and never drops an alarm for them', () => {
    const feed = new EventFeed();
    feed.recorded([event('alarm', 0, 'critical')]);
    feed.recorded(Array.from({ length: 1_500 }, (_, i) => event(`e${String(i)}`, i)));
    expect(feed.list()).toHaveLength(1_001);
    expect(feed.list().slice(-2).map((entry) => entry.id)).toEqual(['e500', 'alarm']);
  });

  it('tells of an arrival once, whatever way it comes, and never of what is old', () => {
    const feed = new EventFeed();
    const arrived: string[] = [];
    feed.onArrival((entry) => arrived.push(entry.id));
    feed.recorded([event('old')], true);
    feed.pending([event('new')]);
    feed.recorded([event('new'), event('old')]);
    feed.pending([event('new')]);
    expect(arrived).toEqual(['new']);
  });

  it('lists alarms oldest first, and what was asked of history beyond the thousand', () => {
    const feed = new EventFeed();
    feed.recorded([event('b', 2, 'critical'), event('a', 1, 'critical'), event('i', 3)]);
    expect(feed.alarms().map((entry) => entry.id)).toEqual(['a', 'b']);
    feed.recorded(Array.from({ length: 1_000 }, (_, i) => event(`e${String(i)}`, 10 + i)));
    feed.older(Array.from({ length: 200 }, (_, i) => event(`o${String(i)}`, 0)));
    expect(feed.list().filter((entry) => entry.id.startsWith('o'))).toHaveLength(200);
  });
});
