export interface Window {
  readonly first: number;
  readonly last: number;
}

const OVERSCAN = 4;

/** Which of `count` rows of `rowHeight` px are on the screen, with a few more on each side. */
export function windowOf(scrollTop: number, height: number, rowHeight: number, count: number): Window {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - OVERSCAN);
  const last = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + OVERSCAN);
  return { first: Math.min(first, last), last };
}
