import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';

/** Scripts that a bare machine has no font for, with the characters that each font is used for. */
const SCRIPTS = {
  thai: 'U+0E00-0E7F',
  hebrew: 'U+0590-05FF, U+FB1D-FB4F',
  arabic: 'U+0600-06FF, U+FB50-FDFF, U+FE70-FEFF',
  devanagari: 'U+0900-097F',
} as const;

/** Gives every page that opens from now on fonts of its own, so that no picture depends on the machine's. */
export async function bringFonts(page: Page): Promise<void> {
  const fonts = Object.entries(SCRIPTS).map(([script, range]) => {
    const file = `../node_modules/@fontsource/noto-sans-${script}/files/noto-sans-${script}-${script}-400-normal.woff2`;
    return { range, woff2: readFileSync(resolve(import.meta.dirname, file)).toString('base64') };
  });
  await page.addInitScript((all) => {
    for (const { range, woff2 } of all) {
      const bytes = Uint8Array.from(atob(woff2), (character) => character.charCodeAt(0));
      const face = new FontFace('Inter Variable', bytes, { unicodeRange: range, weight: '100 900' });
      document.fonts.add(face);
      void face.load();
    }
  }, fonts);
}
