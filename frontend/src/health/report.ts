import { ApiError, getJson } from '../events/api';
import { list, number, object, oneOf, optional, text } from '../protocol/fields';
import type { Fields } from '../protocol/fields';

export type PartState = 'up' | 'late' | 'down' | 'unknown';
const STATES: readonly PartState[] = ['up', 'late', 'down', 'unknown'];

/** One part of the system; figures are by the name that the server gives them. */
export interface Part {
  readonly name: string;
  readonly instance: string | null;
  readonly state: PartState;
  readonly ageMs: number | null;
  readonly figures: Readonly<Record<string, number>>;
}

export interface HealthReport {
  /** Server's epoch ms. */
  readonly time: number;
  readonly parts: readonly Part[];
  readonly notReady: readonly string[];
}

/** One round of the probe; ms from the hop before, null where it did not get so far. */
export interface Round {
  readonly time: number;
  readonly broker: number | null;
  readonly bridge: number | null;
  readonly gateway: number | null;
  readonly total: number | null;
  readonly failed: string | null;
}

export type Hop = 'broker' | 'bridge' | 'gateway' | 'total';
export const HOPS: readonly Hop[] = ['broker', 'bridge', 'gateway', 'total'];

export interface Latency {
  readonly rounds: readonly Round[];
  readonly failed: number;
  /** Share of all measurements within `withinMs`; null without any. */
  readonly satisfied: number | null;
  readonly withinMs: number;
  readonly hops: Readonly<Record<Hop, { readonly p50: number; readonly p95: number; readonly max: number } | null>>;
}

export async function readHealth(signal: AbortSignal): Promise<HealthReport> {
  const answer = await getJson('/api/v1/health', signal);
  return {
    time: number(answer, 'time'),
    parts: list(answer, 'parts', part),
    notReady: list(answer, 'notReady', String),
  };
}

/** What the probe measured; null where this server has no probe. */
export async function readLatency(from: number, signal: AbortSignal): Promise<Latency | null> {
  try {
    const answer = await getJson(`/api/v1/health/latency?from=${String(Math.floor(from))}&limit=10000`, signal);
    const hops = object(answer.hops, 'hops');
    const quantiles = (hop: Hop) => {
      const value = hops[hop];
      if (typeof value !== 'object' || value === null) return null;
      const fields = object(value, hop);
      return { p50: number(fields, 'p50'), p95: number(fields, 'p95'), max: number(fields, 'max') };
    };
    return {
      rounds: list(answer, 'items', round),
      failed: number(answer, 'failed'),
      satisfied: optional(number, answer, 'satisfied') ?? null,
      withinMs: number(answer, 'withinMs'),
      hops: { broker: quantiles('broker'), bridge: quantiles('bridge'), gateway: quantiles('gateway'), total: quantiles('total') },
    };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

function part(value: unknown): Part {
  const fields = object(value, 'part');
  const figures: Record<string, number> = {};
  for (const [name, figure] of Object.entries(object(fields.figures ?? {}, 'figures'))) {
    if (typeof figure === 'number') figures[name] = figure;
  }
  return {
    name: text(fields, 'name'),
    instance: optional(text, fields, 'instance') ?? null,
    state: oneOf(STATES, fields, 'state'),
    ageMs: optional(number, fields, 'ageMs') ?? null,
    figures,
  };
}

function round(value: unknown): Round {
  const fields = object(value, 'measurement');
  const ms = (name: string) => optional(number, fields, name) ?? null;
  return {
    time: number(fields, 'time'),
    broker: ms('broker'),
    bridge: ms('bridge'),
    gateway: ms('gatewayHop'),
    total: ms('total'),
    failed: optional(text, fields, 'failed') ?? null,
  };
}

/** The same fields of every sample, as columns for a chart; null where a sample lacks one. */
export function columnsOf(samples: readonly { readonly time: number; readonly values: Fields }[], names: readonly string[]) {
  const value = (fields: Fields, name: string) => (typeof fields[name] === 'number' ? fields[name] : null);
  return [samples.map(({ time }) => time / 1_000), ...names.map((name) => samples.map(({ values }) => value(values, name)))];
}
