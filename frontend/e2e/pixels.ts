import type { Page } from '@playwright/test';

export type Rgb = readonly [number, number, number];

/** The pixels of the map, as drawn, in a square of `reach` px to each side of each point (CSS px of the map). */
export async function mapPixels(page: Page, points: readonly (readonly [number, number])[], reach: number): Promise<Rgb[][]> {
  const shot = await page.getByTestId('map').screenshot();
  const squares = await page.evaluate(
    async ({ png, places, side, inset }) => {
      const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      if (!context) throw new Error('no canvas');
      context.drawImage(bitmap, 0, 0);
      return places.map(([x, y]) =>
        Array.from(context.getImageData(Math.round(x) - inset, Math.round(y) - inset, side, side).data),
      );
    },
    { png: shot.toString('base64'), places: points, side: 2 * reach + 1, inset: reach },
  );
  return squares.map((flat) =>
    Array.from({ length: flat.length / 4 }, (_, i) => [flat[i * 4], flat[i * 4 + 1], flat[i * 4 + 2]] as const),
  );
}

export async function pixelsAround(page: Page, point: readonly [number, number], reach: number): Promise<Rgb[]> {
  return (await mapPixels(page, [point], reach))[0];
}

export function rgb(hex: string): Rgb {
  return [parseInt(hex.slice(1, 3), 16), parseInt(hex.slice(3, 5), 16), parseInt(hex.slice(5, 7), 16)];
}

export function near(a: Rgb, b: Rgb, tolerance: number): boolean {
  return a.every((value, i) => Math.abs(value - b[i]) <= tolerance);
}

export function count(pixels: readonly Rgb[], wanted: Rgb, tolerance = 4): number {
  return pixels.filter((pixel) => near(pixel, wanted, tolerance)).length;
}
