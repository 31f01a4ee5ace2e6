import { describe, expect, it } from 'vitest';
import { age, clockTime, heading, isoTime, percent, running, speed } from './format';

describe('figures', () => {
  it.each([
    [0, '0.0 s'], [-40, '0.0 s'], [400, '0.4 s'], [9_940, '9.9 s'], [14_999, '14 s'], [72_000, '1 m 12 s'],
    [840_000, '14 m'], [7_500_000, '2 h 5 m'], [3 * 86_400_000, '3 d'], [Number.NaN, '–'],
  ])('an age of %d ms is %s', (ms, text) => {
    expect(age(ms)).toBe(text);
  });

  it.each([[0, '000° N'], [34, '034° NE'], [359.7, '000° N'], [337, '337° NW'], [Number.NaN, '–']])('%d is %s', (deg, text) => {
    expect(heading(deg)).toBe(text);
  });

  it('speeds are km/h, and missing figures a dash', () => {
    expect(speed(13.9)).toBe('50 km/h');
    expect(speed(Number.NaN)).toBe('–');
    expect(percent(Number.NaN)).toBe('–');
  });

  it('an alarm’s running time counts up', () => {
    expect(running(14_200)).toBe('0:14');
    expect(running(3_729_000)).toBe('1:02:09');
  });

  it('a device’s impossible clock breaks nothing', () => {
    expect(clockTime(9e15)).toBe('–');
    expect(isoTime(-9e15)).toBeUndefined();
  });
});
