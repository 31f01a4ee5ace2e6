import { texts } from '../texts';
import { clockTime } from '../ui/format';

/** A figure's name in words; one that a newer server adds is shown by its own name. */
export function figureName(name: string): string {
  const known: Readonly<Record<string, string | undefined>> = texts.health.figures;
  return known[name] ?? name;
}

/** A part's name in words; one that a newer server adds is shown by its own name. */
export function partName(name: string): string {
  const known: Readonly<Record<string, string | undefined>> = texts.health.partNames;
  return known[name] ?? name;
}

/** A figure with the unit that its name says. */
export function figureText(name: string, value: number): string {
  if (name === 'lastSuccess') return clockTime(value);
  if (name.endsWith('PerSecond')) return `${short(value)}/s`;
  if (name.endsWith('Ms')) return value >= 1_000 ? `${(value / 1_000).toFixed(1)} s` : `${short(value)} ms`;
  if (name.endsWith('Bytes')) return `${String(Math.round(value / 1_048_576))} MiB`;
  return short(value);
}

function short(value: number): string {
  if (value !== 0 && Math.abs(value) < 10 && !Number.isInteger(value)) return value.toFixed(1);
  return Math.round(value).toLocaleString('en');
}
