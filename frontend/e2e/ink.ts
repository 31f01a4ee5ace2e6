import type { Page } from '@playwright/test';
import type { Rgb } from './pixels';

/** Text is lighter than anything of the night map that is under it. */
const LIGHT = 90;

export interface Ink {
  /** From the leftmost to the rightmost light pixel. */
  readonly width: number;
  /** Where the topmost light pixels are: 0 at the left end, 1 at the right end. */
  readonly topAt: number;
}

/** The text that stands alone in a square of pixels. */
export function inkOf(square: readonly Rgb[]): Ink {
  const side = Math.sqrt(square.length);
  const lit = square.flatMap((pixel, i) => (Math.min(...pixel) > LIGHT ? [[i % side, Math.floor(i / side)] as const] : []));
  if (lit.length === 0) return { width: 0, topAt: Number.NaN };
  const xs = lit.map(([x]) => x);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const top = Math.min(...lit.map(([, y]) => y));
  const above = lit.filter(([, y]) => y <= top + 1).map(([x]) => x);
  const mean = above.reduce((sum, x) => sum + x, 0) / above.length;
  return { width: right - left + 1, topAt: (mean - left) / Math.max(1, right - left) };
}

/** How wide the browser itself writes a text, joined and ordered as its script wants it, in px of ink. */
export function browserWidth(page: Page, text: string, size: number, weight = 400): Promise<number> {
  return page.evaluate(
    ({ words, px, bold }) => {
      const context = new OffscreenCanvas(400, 60).getContext('2d');
      if (!context) throw new Error('no canvas');
      context.font = `${String(bold)} ${String(px)}px "Inter Variable", sans-serif`;
      const { actualBoundingBoxLeft, actualBoundingBoxRight } = context.measureText(words);
      return actualBoundingBoxLeft + actualBoundingBoxRight;
    },
    { words: text, px: size, bold: weight },
  );
}
