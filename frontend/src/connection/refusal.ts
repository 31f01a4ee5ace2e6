import { texts } from '../texts';

const ASK_MS = 3_000;

/**
 * Why the server lets this page have no connection, in words; null where it doesn't, or doesn't say. A browser keeps
 * from a page why its WebSocket was refused; a POST to the same path passes the same check of `Origin`.
 */
export async function askWhyRefused(): Promise<string | null> {
  try {
    const response = await fetch('/live', { method: 'POST', signal: AbortSignal.timeout(ASK_MS) });
    if (response.status !== 403) return null;
    const { error, detail } = (await response.json()) as { readonly error?: unknown; readonly detail?: unknown };
    return error === 'origin-not-allowed'
      ? texts.freshness.originRefused(location.origin)
      : texts.freshness.pageRefused(typeof detail === 'string' ? detail : texts.freshness.noReason);
  } catch {
    return null; // a server that does not answer refuses nothing
  }
}
