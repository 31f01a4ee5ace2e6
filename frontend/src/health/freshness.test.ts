import { describe, expect, it } from 'vitest';
import { INITIAL, step } from '../connection/machine';
import type { ConnectionState, Input } from '../connection/machine';
import type { HealthReason } from '../protocol/messages';
import { parseServerMessage } from '../protocol/parse';
import { age } from '../ui/format';
import { freshnessOf, isVouched, noticeOf } from './freshness';

function after(...inputs: readonly [number, Input][]): ConnectionState {
  return inputs.reduce((state, [now, input]) => step(state, input, { now, random: 0.5 }).state, INITIAL);
}
const message = (m: Extract<Input, { type: 'message' }>['message']): Input => ({ type: 'message', message: m });
const LIVE: readonly [number, Input][] = [
  [0, { type: 'start' }],
  [1, { type: 'opened' }],
  [2, message({ type: 'snapshot', devices: [], more: false })],
];
const stale = (reason: HealthReason) => message({ type: 'health', state: 'stale', since: 0, reason });

describe('freshness', () => {
  it('is live with the age of the newest position', () => {
    expect(freshnessOf(after(...LIVE), 500, 240, age)).toMatchObject({ look: 'live', title: 'Live', detail: 'newest 0.2 s' });
  });

  it.each([['broker', 'message broker'], ['bridge', 'bridge'], ['bus', 'bus'], ['gateway', 'this server itself']] as const)('%s down is stale, with its name', (reason, name) => {
    const state = after(...LIVE, [1_000, stale(reason)]);
    const fresh = freshnessOf(state, 4_000, 100, age);
    expect(fresh).toMatchObject({ look: 'stale', title: 'Stale 3.0 s' });
    expect(fresh.detail).toContain(name);
    expect(isVouched(state)).toBe(false);
  });

  it('a reason that this page does not know is stale all the same, in words', () => {
    const told = parseServerMessage('{"type":"health","state":"stale","since":5,"reason":"moon"}');
    const fresh = freshnessOf(after(...LIVE, [1_000, message(told)]), 4_000, 100, age);
    expect(fresh).toMatchObject({ look: 'stale', detail: 'the server says that its picture is behind' });
  });

  it('stale without a reason is stale too', () => {
    const told = parseServerMessage('{"type":"health","state":"stale","since":5}');
    expect(isVouched(after(...LIVE, [1_000, message(told)]))).toBe(false);
  });

  it('history down is live, with a notice', () => {
    const state = after(...LIVE, [1_000, stale('history')]);
    expect(isVouched(state)).toBe(true);
    expect(freshnessOf(state, 2_000, 100, age).look).toBe('live');
    expect(noticeOf(state)).toContain('History does not answer');
  });

  it('says when it tries again, and how old the picture is meanwhile', () => {
    const waiting = after(...LIVE, [1_000, { type: 'lost', code: 1006 }]);
    expect(freshnessOf(waiting, 1_000, 100, age)).toMatchObject({ look: 'stale', detail: 'link lost, trying again in 3 s' });
    const again = after(...LIVE, [1_000, { type: 'lost', code: 1006 }], [3_500, { type: 'timer' }]);
    expect(freshnessOf(again, 3_600, 4_000, age)).toMatchObject({ look: 'stale', title: 'Reconnecting', detail: 'picture is 4.0 s old' });
  });

  it('before the first picture it neither claims nor alarms', () => {
    expect(freshnessOf(after(LIVE[0]), 100, Number.NaN, age).look).toBe('starting');
  });
});
