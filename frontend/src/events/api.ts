import { object, optional, text } from '../protocol/fields';
import type { Fields } from '../protocol/fields';
import type { Acknowledgement, EventFields } from '../protocol/messages';
import { parseAcknowledgement, parseEvent } from '../protocol/parse';

export type LogEntry =
  | { readonly entry: 'event'; readonly event: EventFields }
  | { readonly entry: 'acknowledged'; readonly mark: Acknowledgement };

export interface LogPage {
  readonly entries: readonly LogEntry[];
  readonly next: string | null;
}

/** Answers of `/api/v1` that aren't a success; the text is the server's own `detail` where it gave one. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export async function getJson(path: string, signal?: AbortSignal): Promise<Fields> {
  const response = await fetch(path, { headers: { accept: 'application/json' }, signal });
  return read(response);
}

/** Writes as JSON; an answer without a body is an empty object. */
export async function sendJson(method: 'POST' | 'DELETE', path: string, body?: object): Promise<Fields> {
  const response = await fetch(path, {
    method,
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
  return response.status === 204 ? {} : read(response);
}

export interface EventQuery {
  readonly limit: number;
  readonly cursor?: string;
  readonly severity?: string;
  readonly device?: string;
  /** Epoch ms. */
  readonly from?: string;
  readonly to?: string;
}

/** The newest events of history, and, with a cursor, the log after it, acknowledgements included. */
export async function readEvents({ limit, ...query }: EventQuery): Promise<LogPage> {
  const parameters = new URLSearchParams({ limit: String(limit), ...query });
  const page = await getJson(`/api/v1/events?${parameters.toString()}`);
  const items = Array.isArray(page.items) ? (page.items as unknown[]) : [];
  return { entries: items.map(logEntry), next: optional(text, page, 'next') ?? null };
}

function logEntry(value: unknown): LogEntry {
  const fields = object(value, 'entry');
  return typeof fields.event === 'string' && typeof fields.by === 'string'
    ? { entry: 'acknowledged', mark: parseAcknowledgement(fields) }
    : { entry: 'event', event: parseEvent(fields) };
}

/** Acknowledges a recorded event as the session's user; answers the log's entry. */
export async function acknowledge(device: string, event: string, note: string): Promise<Acknowledgement> {
  const path = `/api/v1/devices/${encodeURIComponent(device)}/events/${encodeURIComponent(event)}/acknowledge`;
  return parseAcknowledgement(await sendJson('POST', path, note === '' ? {} : { note }));
}

async function read(response: Response): Promise<Fields> {
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const detail = typeof body === 'object' && body !== null ? (body as Fields).detail : undefined;
    throw new ApiError(
      response.status,
      typeof detail === 'string' ? detail : `the server answered ${String(response.status)}`,
    );
  }
  return object(body, 'answer');
}
