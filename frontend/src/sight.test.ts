import { describe, expect, it } from 'vitest';
import { boundsOf } from './sight';

describe('the bounds of a map that repeats the world', () => {
  it.each([
    [[9, 47, 10, 48], [9, 47, 10, 48]],
    [[-200, -95, -170, 95], [160, -90, -170, 90]],
    [[170, 0, 190, 1], [170, 0, -170, 1]],
    [[-400, -60, 400, 60], [-180, -60, 180, 60]],
  ] as const)('%j are %j to the server', (shown, asked) => {
    expect(boundsOf(shown)).toEqual(asked);
  });
});
