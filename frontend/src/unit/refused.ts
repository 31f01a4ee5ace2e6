import { ApiError, getJson } from '../events/api';
import { number, object, optional, text } from '../protocol/fields';
import { texts } from '../texts';

/** What the server last refused of a unit, and how often it has. */
export interface Refused {
  readonly count: number;
  /** Epoch ms. */
  readonly time: number;
  /** `location`, `status` or `events`; empty where it came by none. */
  readonly topic: string;
  readonly reason: string;
  readonly field: string;
  /** The server's own words, with what to do. */
  readonly detail: string;
}

/** Null where nothing of the unit was ever refused, or the server does not know it. */
export async function readRefused(id: string, signal: AbortSignal): Promise<Refused | null> {
  try {
    const answer = await getJson(`/api/v1/devices/${encodeURIComponent(id)}`, signal);
    return answer.refused === undefined || answer.refused === null ? null : refused(answer.refused);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

function refused(value: unknown): Refused {
  const fields = object(value, 'refused');
  const said = (name: string) => optional(text, fields, name) ?? '';
  return {
    count: number(fields, 'count'),
    time: number(fields, 'time'),
    topic: said('topic'),
    reason: text(fields, 'reason'),
    field: said('field'),
    detail: said('detail'),
  };
}

const WHY: Readonly<Record<string, string>> = texts.unit.refused.why;

/** Its reason in words; one that this page does not know stands for itself. */
export function whyOf(reason: string): string {
  return Object.hasOwn(WHY, reason) ? WHY[reason] : reason;
}
