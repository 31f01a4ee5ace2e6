import { describe, expect, it } from 'vitest';
import type { ServerMessage } from '../protocol/messages';
import { INITIAL, deadlineOf, step } from './machine';
import type { ConnectionState, Effect, Input } from './machine';

const SNAPSHOT: ServerMessage = { type: 'snapshot', devices: [], more: false };
const HEARTBEAT: ServerMessage = { type: 'heartbeat', time: 1 };

/** Plays inputs at their moments against the machine, and keeps what it asked for. */
class Play {
  state: ConnectionState = INITIAL;
  effects: readonly Effect[] = [];

  at(now: number, input: Input, random = 0.5): this {
    const next = step(this.state, input, { now, random });
    this.state = next.state;
    this.effects = next.effects;
    return this;
  }

  message(now: number, message: ServerMessage): this {
    return this.at(now, { type: 'message', message });
  }

  timer(random = 0.5): this {
    const due = deadlineOf(this.state);
    expect(due).not.toBeNull();
    return this.at(due ?? 0, { type: 'timer' }, random);
  }
}

const live = () => new Play().at(0, { type: 'start' }).at(10, { type: 'opened' }).message(20, SNAPSHOT);

describe('the connection', () => {
  it('subscribes to all and to events from now when its socket opens', () => {
    const play = new Play().at(0, { type: 'start' });
    expect(play.effects).toEqual([{ type: 'open' }]);
    play.at(10, { type: 'opened' });
    expect(play.state.phase).toBe('connecting');
    expect(play.effects).toEqual([
      { type: 'send', message: { type: 'subscribe', devices: 'all', events: { since: null } } },
    ]);
  });

  it('is live with the last part of a snapshot, not before', () => {
    const play = new Play().at(0, { type: 'start' }).at(10, { type: 'opened' });
    expect(play.message(20, { ...SNAPSHOT, more: true }).state.phase).toBe('connecting');
    expect(play.message(30, SNAPSHOT).state.phase).toBe('live');
  });

  it('is stale by the link within 2 s of silence, and live again with the next frame', () => {
    const play = live();
    expect(deadlineOf(play.state)).toBe(1_920);
    expect(play.timer().state).toMatchObject({ phase: 'stale', reason: 'link', since: 1_920 });
    expect(play.message(3_000, HEARTBEAT).state.phase).toBe('live');
  });

  it('gives a silent socket up after 6 s', () => {
    const play = live().timer();
    expect(deadlineOf(play.state)).toBe(6_020);
    play.timer(0.1);
    expect(play.effects).toEqual([{ type: 'close' }]);
    expect(play.state).toMatchObject({ phase: 'waiting', until: 6_520 });
  });

  it('does not take a held-back timer for silence of the server', () => {
    const play = live().at(60_000, { type: 'timer' });
    expect(play.state).toMatchObject({ phase: 'stale', reason: 'link' });
    expect(deadlineOf(play.state)).toBe(61_900);
    expect(play.message(60_001, HEARTBEAT).state.phase).toBe('live');
  });

  it('waits full jitter over 0–5 s, then over as long as it has been away, to 30 s', () => {
    const play = live().at(100, { type: 'lost', code: 1006 }, 0.999_999);
    const waits: number[] = [];
    let now = 100;
    for (let i = 0; i < 6; i++) {
      const due = deadlineOf(play.state) ?? 0;
      waits.push(Math.round(due - now));
      now = due;
      play.at(now, { type: 'timer' }).at(now, { type: 'lost', code: 1006 }, 0.999_999);
    }
    expect(waits).toEqual([5_000, 5_000, 10_000, 20_000, 30_000, 30_000]);
    expect(live().at(100, { type: 'lost', code: 1006 }, 0).state).toMatchObject({ until: 100 });
  });

  it('starts from 0–5 s again once the picture was whole', () => {
    const play = live().at(100, { type: 'lost', code: 1006 }).timer();
    play.at(5_000, { type: 'opened' }).message(5_010, SNAPSHOT).at(5_020, { type: 'lost', code: 1006 }, 1);
    expect(play.state).toMatchObject({ until: 10_020 });
  });

  it('comes back when the server says, not by its own dice', () => {
    const play = live().message(100, { type: 'reconnect', afterMs: 2_310, reason: 'shutdown' });
    play.at(200, { type: 'lost', code: 1001 }, 0.99);
    expect(play.state).toMatchObject({ phase: 'waiting', until: 2_410 });
  });

  it('obeys a refusal before the first snapshot too', () => {
    const play = new Play().at(0, { type: 'start' }).at(5, { type: 'opened' });
    play.message(6, { type: 'reconnect', afterMs: 4_000, reason: 'busy' }).at(7, { type: 'lost', code: 4001 });
    expect(play.state).toMatchObject({ phase: 'waiting', until: 4_006 });
  });

  it('stays closed after a code that says so, until asked', () => {
    const play = live().at(100, { type: 'lost', code: 4403 });
    expect(play.state).toMatchObject({ phase: 'closed', why: 'you may not see this', code: 4403 });
    expect(deadlineOf(play.state)).toBeNull();
    expect(play.at(200, { type: 'start' }).effects).toEqual([{ type: 'open' }]);
  });

  it.each(['broker', 'bridge', 'bus'] as const)('is stale when the server names %s, since when it first did', (reason) => {
    const play = live().message(100, { type: 'health', state: 'stale', since: 1, reason });
    expect(play.state).toMatchObject({ phase: 'stale', reason, since: 100 });
    expect(play.message(600, HEARTBEAT).state).toMatchObject({ phase: 'stale', reason, since: 100 });
    expect(play.message(700, { type: 'health', state: 'fresh', since: 2 }).state.phase).toBe('live');
  });

  it.each(['history', 'recorder'] as const)('stays live, with a notice, when the server names %s', (reason) => {
    const play = live().message(100, { type: 'health', state: 'stale', since: 1, reason });
    expect(play.state).toMatchObject({ phase: 'live', health: { reason } });
  });

  it('resumes events from the last cursor that it was given', () => {
    const play = live().message(50, { type: 'events', events: [], cursor: '1.a' });
    play.message(60, { type: 'acknowledged', device: 'd', event: 'e', by: 'x', time: 1, cursor: '1.b' });
    play.at(100, { type: 'lost', code: 1006 }).timer().at(9_000, { type: 'opened' });
    expect(play.effects).toMatchObject([{ message: { events: { since: '1.b' } } }]);
  });

  it('keeps the cursor before a gap until the gap has been read', () => {
    const play = live().message(50, { type: 'gap', from: '1.a', to: '1.m' });
    play.message(60, { type: 'events', events: [], cursor: '1.n' });
    expect(play.state).toMatchObject({ cursor: '1.a' });
    expect(play.at(70, { type: 'gap-read' }).state).toMatchObject({ cursor: '1.n', gap: null });
  });

  it('stops when told to, from any phase', () => {
    const play = live().at(100, { type: 'stop' });
    expect(play.state.phase).toBe('closed');
    expect(play.effects).toEqual([{ type: 'close' }]);
  });
});
