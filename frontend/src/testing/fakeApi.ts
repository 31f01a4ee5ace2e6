import { vi } from 'vitest';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

type Answer = { readonly status?: number; readonly body: unknown } | Promise<never>;

/** Answers the page's HTTP calls from a function, and keeps what was asked; undo with `vi.unstubAllGlobals`. */
export function fakeApi(answer: (path: string, method: string) => Answer): readonly Call[] {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', async (input: string | URL, init?: RequestInit) => {
    const path = String(input);
    const method = init?.method ?? 'GET';
    calls.push({ method, path, ...(typeof init?.body === 'string' ? { body: init.body } : {}) });
    const { status = 200, body } = await answer(path, method);
    return new Response(JSON.stringify(body), { status });
  });
  return calls;
}

export const NO_EVENTS = { body: { items: [], next: null } };
