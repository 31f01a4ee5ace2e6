import { keepsPicture } from '../connection/machine';
import type { ConnectionState } from '../connection/machine';
import type { HealthReason } from '../protocol/messages';
import { texts } from '../texts';

/** How far the picture on the screen can be trusted, in words. */
export interface Freshness {
  readonly look: 'live' | 'stale' | 'starting';
  readonly title: string;
  readonly detail: string;
}

const WHY: Record<HealthReason, string> = texts.freshness.why;

export function isVouched(state: ConnectionState): boolean {
  return state.phase === 'live';
}

/** `now` is monotonic ms; `newest` the age in ms of the newest position of all, NaN without one. */
export function freshnessOf(
  state: ConnectionState,
  now: number,
  newest: number,
  formatAge: (ms: number) => string,
  refused = false,
): Freshness {
  switch (state.phase) {
    case 'live':
      return {
        look: 'live',
        title: texts.freshness.live,
        detail: Number.isNaN(newest) ? texts.freshness.noPositions : texts.freshness.newest(formatAge(newest)),
      };
    case 'stale':
      return {
        look: 'stale',
        title: texts.freshness.stale(formatAge(now - state.since)),
        detail: WHY[state.reason],
      };
    case 'connecting':
      return Number.isNaN(newest)
        ? { look: 'starting', title: texts.freshness.connecting, detail: texts.freshness.first }
        : { look: 'stale', title: texts.freshness.reconnecting, detail: texts.freshness.old(formatAge(newest)) };
    case 'waiting': {
      const seconds = Math.max(0, Math.ceil((state.until - now) / 1_000));
      return {
        look: 'stale',
        title: texts.freshness.notLive,
        detail: refused ? texts.freshness.refused(seconds) : texts.freshness.retry(seconds),
      };
    }
    case 'closed':
      return { look: 'stale', title: texts.freshness.notConnected, detail: state.why };
  }
}

/** A part that is down without making the picture stale: worth a notice, and nothing more. */
export function noticeOf(state: ConnectionState): string | null {
  if (state.phase !== 'live' || !state.health || !keepsPicture(state.health.reason)) {
    return null;
  }
  return state.health.reason === 'history'
    ? texts.freshness.historyDown
    : texts.freshness.recorderDown;
}
