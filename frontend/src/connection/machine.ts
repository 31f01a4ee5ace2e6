/**
 * The connection as one state machine: what may happen, what it does then, and for how long it waits.
 * Pure: time and randomness come in with the input; the driver carries out the effects.
 *
 *   connecting  a socket is opening, or open without a whole snapshot yet
 *   live        the picture is whole and vouched for
 *   stale       the socket is open, but the picture can't be vouched for (`reason` says by whom)
 *   waiting     no socket, until `until`
 *   closed      no socket, and none will be opened until asked
 */
import { comesBack, meaningOf } from '../protocol/closeCodes';
import type { ClientMessage, HealthReason, ServerMessage, Sight } from '../protocol/messages';

/** The page has to say so within 2 s, so it decides a little before; heartbeats come each second. */
export const SILENCE_STALE_MS = 1_900;
export const SILENCE_RECONNECT_MS = 6_000;
export const FIRST_DELAY_MS = 5_000;
export const LONGEST_DELAY_MS = 30_000;
/** A timer later than this was held back (a frozen tab): what was missed meanwhile proves nothing. */
const LATE_TIMER_MS = 1_000;

export interface Health {
  readonly reason: HealthReason;
  /** By the server's clock, ms since the epoch. */
  readonly since: number;
}

interface Resume {
  /** The cursor to resume events from; null until the server has given one. */
  readonly cursor: string | null;
  /** Entries up to `to` that are being read over HTTP; `cursor` stays before it until they are. */
  readonly gap: { readonly to: string; readonly ahead: string } | null;
  /** Since when there is no whole picture, monotonic ms; null while there is one. */
  readonly awaySince: number | null;
  /** What is subscribed to: the whole fleet, or what a map shows. */
  readonly scope: 'all' | Sight;
}

interface Open extends Resume {
  /** Monotonic ms of the last frame, or of opening. */
  readonly heardAt: number;
  readonly reconnectAt: number;
  readonly health: Health | null;
  /** The server announced a close: come back at this monotonic ms. */
  readonly comeBackAt: number | null;
}

export type ConnectionState =
  | ({ readonly phase: 'connecting' } & Open)
  | ({ readonly phase: 'live' } & Open)
  | ({ readonly phase: 'stale'; readonly reason: HealthReason; readonly since: number } & Open)
  | ({ readonly phase: 'waiting'; readonly until: number; readonly since: number } & Resume)
  /** `code` is the server's, or null where it was not the server that closed. */
  | ({ readonly phase: 'closed'; readonly why: string; readonly code: number | null } & Resume);

export type Input =
  | { readonly type: 'start' }
  | { readonly type: 'opened' }
  | { readonly type: 'message'; readonly message: ServerMessage }
  /** Devices in binary; `picture` where a snapshot has come whole. */
  | { readonly type: 'binary'; readonly picture: boolean }
  | { readonly type: 'lost'; readonly code: number }
  | { readonly type: 'timer' }
  | { readonly type: 'gap-read' }
  | { readonly type: 'look'; readonly sight: Sight }
  | { readonly type: 'stop' };

export type Effect =
  | { readonly type: 'open' }
  | { readonly type: 'close' }
  | { readonly type: 'send'; readonly message: ClientMessage };

/** Monotonic ms, and a random number in [0, 1). */
export interface Moment {
  readonly now: number;
  readonly random: number;
}

export interface Step {
  readonly state: ConnectionState;
  readonly effects: readonly Effect[];
}

export const INITIAL: ConnectionState = {
  phase: 'closed',
  why: 'not started',
  code: null,
  cursor: null,
  gap: null,
  awaySince: null,
  scope: 'all',
};

export function step(state: ConnectionState, input: Input, moment: Moment): Step {
  switch (input.type) {
    case 'start':
      return isOpen(state) ? stay(state) : connect(state, moment.now);
    case 'stop':
      return { state: { ...resumeOf(state), phase: 'closed', why: 'stopped', code: null }, effects: [{ type: 'close' }] };
    case 'gap-read':
      return stay(state.gap ? { ...state, cursor: state.gap.ahead, gap: null } : state);
    case 'look':
      return stay({ ...state, scope: input.sight });
    case 'opened':
      return isOpen(state)
        ? { state: heard(state, moment.now), effects: [{ type: 'send', message: subscription(state) }] }
        : stay(state);
    case 'message':
      return isOpen(state) ? stay(received(state, input.message, moment.now)) : stay(state);
    case 'binary':
      return isOpen(state) ? stay(pictured(heard(state, moment.now), input.picture, moment.now)) : stay(state);
    case 'lost':
      return isOpen(state) ? stay(lost(state, input.code, moment)) : stay(state);
    case 'timer':
      return timer(state, moment);
  }
}

/** When the machine wants its next `timer` input, in monotonic ms; null: never. */
export function deadlineOf(state: ConnectionState): number | null {
  switch (state.phase) {
    case 'live':
      return state.heardAt + SILENCE_STALE_MS;
    case 'connecting':
    case 'stale':
      return state.reconnectAt;
    case 'waiting':
      return state.until;
    case 'closed':
      return null;
  }
}

function stay(state: ConnectionState): Step {
  return { state, effects: [] };
}

type OpenState = Extract<ConnectionState, Open>;

function isOpen(state: ConnectionState): state is OpenState {
  return state.phase !== 'waiting' && state.phase !== 'closed';
}

function resumeOf({ cursor, gap, awaySince, scope }: Resume): Resume {
  return { cursor, gap, awaySince, scope };
}

function connect(state: ConnectionState, now: number): Step {
  const open: Open = {
    ...resumeOf(state),
    gap: null,
    heardAt: now,
    reconnectAt: now + SILENCE_RECONNECT_MS,
    health: null,
    comeBackAt: null,
  };
  return { state: { ...open, phase: 'connecting' }, effects: [{ type: 'open' }] };
}

/** What the server is asked for: the picture, and the events after those that are known. */
export function subscription({ scope, cursor }: Resume): ClientMessage {
  const events = { since: cursor };
  if (scope === 'all') {
    return { type: 'subscribe', devices: 'all', events };
  }
  const { bbox, zoom, pins } = scope;
  return { type: 'subscribe', view: { bbox, zoom }, pins, events };
}

function heard<S extends OpenState>(state: S, now: number): S {
  return { ...state, heardAt: now, reconnectAt: now + SILENCE_RECONNECT_MS };
}

function received(before: OpenState, message: ServerMessage, now: number): ConnectionState {
  const state = heard(before, now);
  switch (message.type) {
    case 'snapshot':
      return pictured(state, !message.more, now);
    case 'health':
      return settle(
        message.state === 'stale' && message.reason !== undefined
          ? { ...state, health: { reason: message.reason, since: message.since } }
          : { ...state, health: null },
        now,
      );
    case 'events':
      return settle(movedTo(state, message.cursor), now);
    case 'acknowledged':
      return settle(message.cursor === undefined ? state : movedTo(state, message.cursor), now);
    case 'gap':
      return settle({ ...state, cursor: message.from, gap: { to: message.to, ahead: message.to } }, now);
    case 'reconnect':
      return settle({ ...state, comeBackAt: now + message.afterMs }, now);
    case 'welcome':
    case 'update':
    case 'pending':
    case 'unrecorded':
    case 'remove':
    case 'cells':
    case 'heartbeat':
    case 'error':
      return settle(state, now);
  }
}

/** A snapshot in parts changes nothing before the last of them. */
function pictured(state: OpenState, whole: boolean, now: number): OpenState {
  return settle(whole ? { ...state, phase: 'live', awaySince: null } : state, now);
}

function movedTo(state: OpenState, cursor: string): OpenState {
  return state.gap ? { ...state, gap: { ...state.gap, ahead: cursor } } : { ...state, cursor };
}

/** Live or stale, by what the server says of itself; a snapshot in parts stays connecting. */
function settle(state: OpenState, now: number): OpenState {
  if (state.phase === 'connecting') {
    return state;
  }
  const health = state.health;
  if (health && !keepsPicture(health.reason)) {
    const since = state.phase === 'stale' && state.reason === health.reason ? state.since : now;
    return { ...state, phase: 'stale', reason: health.reason, since };
  }
  return { ...openOf(state), phase: 'live' };
}

/** History and recorder are behind the live path: without them the picture is still fresh. */
export function keepsPicture(reason: HealthReason): boolean {
  return reason === 'history' || reason === 'recorder';
}

function openOf(state: OpenState): Open {
  const { heardAt, reconnectAt, health, comeBackAt } = state;
  return { ...resumeOf(state), heardAt, reconnectAt, health, comeBackAt };
}

function lost(state: OpenState, code: number, { now, random }: Moment): ConnectionState {
  const resume = resumeOf(state);
  if (!comesBack(code)) {
    return { ...resume, phase: 'closed', why: meaningOf(code), code };
  }
  const since = state.phase === 'live' ? now : state.phase === 'stale' ? state.since : state.heardAt;
  const awaySince = state.awaySince ?? now;
  const until = state.comeBackAt ?? now + delayOf(now - awaySince, random);
  return { ...resume, phase: 'waiting', awaySince, until: Math.max(now, until), since };
}

/** Full jitter: anywhere in 0–5 s, and after that in as long as it has been away, to 0–30 s. */
function delayOf(awayMs: number, random: number): number {
  return random * Math.min(LONGEST_DELAY_MS, Math.max(FIRST_DELAY_MS, awayMs));
}

function timer(state: ConnectionState, moment: Moment): Step {
  const { now } = moment;
  const due = deadlineOf(state);
  if (due === null || now < due) {
    return stay(state);
  }
  switch (state.phase) {
    case 'waiting':
      return connect(state, now);
    case 'live':
      return stay({
        ...openOf(state),
        phase: 'stale',
        reason: 'link',
        since: now,
        reconnectAt: Math.max(state.reconnectAt, now + (now - due > LATE_TIMER_MS ? SILENCE_STALE_MS : 0)),
      });
    case 'connecting':
    case 'stale':
      return { state: lost(state, 1006, moment), effects: [{ type: 'close' }] };
    case 'closed':
      return stay(state);
  }
}
