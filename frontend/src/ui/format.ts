/** How figures are written, everywhere on the page. Missing figures are an en dash. */
const NONE = '–';

/** An age in ms as a person reads it: 0.4 s, 14 s, 1 m 12 s, 14 m, 2 h 5 m, 3 d. */
export function age(ms: number): string {
  if (!Number.isFinite(ms)) {
    return NONE;
  }
  const seconds = Math.max(0, ms) / 1_000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${String(Math.floor(seconds))} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return `${String(minutes)} m ${String(Math.floor(seconds % 60))} s`;
  if (minutes < 60) return `${String(minutes)} m`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${String(hours)} h ${String(minutes % 60)} m` : `${String(Math.floor(hours / 24))} d`;
}

/** Metres per second as whole km/h. */
export function speed(metresPerSecond: number): string {
  return Number.isNaN(metresPerSecond) ? NONE : `${String(Math.round(metresPerSecond * 3.6))} km/h`;
}

const POINTS = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'];

export function heading(degrees: number): string {
  if (Number.isNaN(degrees)) {
    return NONE;
  }
  const whole = Math.round(degrees) % 360;
  return `${String(whole).padStart(3, '0')}° ${POINTS[Math.round(whole / 45) % 8]}`;
}

export function percent(value: number): string {
  return Number.isNaN(value) ? NONE : `${String(Math.round(value))} %`;
}

/** A distance as a person reads it: 40 m, 380 m, 1.2 km, 14 km. */
export function metres(value: number): string {
  if (!Number.isFinite(value)) return NONE;
  if (value < 995) return `${String(Math.round(value / 10) * 10)} m`;
  return value < 9_950 ? `${(value / 1_000).toFixed(1)} km` : `${String(Math.round(value / 1_000))} km`;
}

export function position(lat: number, lon: number): string {
  return Number.isNaN(lat) ? NONE : `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
}

/** An alarm's running time: 0:14, 12:05, 1:02:09. */
export function running(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0
    ? `${String(hours)}:${two(minutes)}:${two(seconds % 60)}`
    : `${String(minutes)}:${two(seconds % 60)}`;
}

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** What a Date can hold; a device's clock may say more. */
const FARTHEST = 8.64e15;

/** Time of day, with the date in front where it isn't `now`'s; epoch ms. */
export function clockTime(at: number, now: number | null = null): string {
  if (!(Math.abs(at) <= FARTHEST)) {
    return NONE;
  }
  const time = CLOCK.format(at);
  return now === null || DAY.format(at) === DAY.format(now) ? time : `${DAY.format(at)} ${time}`;
}

/** For a time element; undefined where no date can be made of it. */
export function isoTime(at: number): string | undefined {
  return Math.abs(at) <= FARTHEST ? new Date(at).toISOString() : undefined;
}
