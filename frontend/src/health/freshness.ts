import { keepsPicture } from '../connection/machine';
import type { ConnectionState } from '../connection/machine';
import type { HealthReason } from '../protocol/messages';

/** How far the picture on the screen can be trusted, in words. */
export interface Freshness {
  readonly look: 'live' | 'stale' | 'starting';
  readonly title: string;
  readonly detail: string;
}

const WHY: Record<HealthReason, string> = {
  link: 'no word from the server',
  broker: 'the message broker does not answer',
  bridge: 'the bridge is silent',
  bus: 'the bus is silent',
  history: 'history does not answer',
  recorder: 'the recorder does not answer',
};

export function isVouched(state: ConnectionState): boolean {
  return state.phase === 'live';
}

/** `now` is monotonic ms; `newest` the age in ms of the newest position of all, NaN without one. */
export function freshnessOf(
  state: ConnectionState,
  now: number,
  newest: number,
  formatAge: (ms: number) => string,
): Freshness {
  switch (state.phase) {
    case 'live':
      return {
        look: 'live',
        title: 'Live',
        detail: Number.isNaN(newest) ? 'no positions yet' : `newest ${formatAge(newest)}`,
      };
    case 'stale':
      return {
        look: 'stale',
        title: `Stale ${formatAge(now - state.since)}`,
        detail: WHY[state.reason],
      };
    case 'connecting':
      return Number.isNaN(newest)
        ? { look: 'starting', title: 'Connecting', detail: 'waiting for the first picture' }
        : { look: 'stale', title: 'Reconnecting', detail: `picture is ${formatAge(newest)} old` };
    case 'waiting': {
      const seconds = Math.max(0, Math.ceil((state.until - now) / 1_000));
      return {
        look: 'stale',
        title: 'Not live',
        detail: `link lost, trying again in ${String(seconds)} s`,
      };
    }
    case 'closed':
      return { look: 'stale', title: 'Not connected', detail: state.why };
  }
}

/** A part that is down without making the picture stale: worth a notice, and nothing more. */
export function noticeOf(state: ConnectionState): string | null {
  if (state.phase !== 'live' || !state.health || !keepsPicture(state.health.reason)) {
    return null;
  }
  return state.health.reason === 'history'
    ? 'History does not answer. Positions are live; new events stay “not yet recorded” until it is back.'
    : 'The recorder does not answer. Positions are live; tracks may have a gap.';
}
