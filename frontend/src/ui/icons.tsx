import type { Shape } from '../devices/store';
import type { UnitState } from '../protocol/messages';

const SHAPES: Record<Shape, string> = {
  vehicle: 'M10 1 16.5 17.5 10 14 3.5 17.5Z',
  camera: 'M10 4a6 6 0 1 1 0 12a6 6 0 1 1 0-12Z',
  sensor: 'M10 2 18 10 10 18 2 10Z',
  other: 'M5 5H15V15H5Z',
};

/** A unit's mark as on the map: its shape says the kind, an outline that it is silent, a ring that it is stale. */
export function UnitMark({ shape, state, alarm }: { shape: Shape; state: UnitState; alarm: boolean }) {
  const tone = alarm ? 'act' : state;
  const hollow = state === 'offline' || state === 'stale';
  return (
    <svg className={`unit-mark tone-${tone}`} viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
      <path
        d={SHAPES[shape]}
        fill={hollow ? 'none' : 'currentColor'}
        stroke="currentColor"
        strokeWidth={hollow ? 1.6 : 0}
      />
      {state === 'stale' && (
        <circle cx="16" cy="4" r="3" fill="var(--panel)" stroke="currentColor" strokeWidth="1.6" />
      )}
    </svg>
  );
}

/** Severity by shape first: triangle critical, diamond warning, disc information. */
export function SeverityMark({ severity, done }: { severity: string | undefined; done: boolean }) {
  const [path, tone] =
    severity === 'critical'
      ? ['M8 2 14.5 13.5H1.5Z', done ? 'faint' : 'act']
      : severity === 'warning'
        ? ['M8 2 14 8 8 14 2 8Z', 'stale']
        : ['M8 4a4 4 0 1 1 0 8a4 4 0 1 1 0-8Z', 'faint'];
  return (
    <svg className={`severity tone-${tone}`} viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path d={path} fill={done ? 'none' : 'currentColor'} stroke="currentColor" strokeWidth="1.4" />
    </svg>
  );
}

export function Logo() {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" className="logo">
      <circle cx="10" cy="10" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.8" />
      <path d="M10 1v4M10 15v4M1 10h4M15 10h4" stroke="currentColor" strokeWidth="1.8" />
    </svg>
  );
}

const GLYPHS = {
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  whole: 'M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3',
  close: 'M4 4l8 8M12 4l-8 8',
  left: 'M10 3 5 8l5 5',
  right: 'M6 3l5 5-5 5',
  sound: 'M2 6v4h2.5L8 13V3L4.500 6ZM10.500 5.500a3.500 3.500 0 0 1 0 5M12.500 3.500a6.300 6.300 0 0 1 0 9',
  mute: 'M2 6v4h2.5L8 13V3L4.500 6ZM10.500 6l4 4M14.500 6l-4 4',
  bell: 'M3.500 11.500V7a4.500 4.500 0 0 1 9 0v4.500ZM2 11.500h12M6.500 14h3',
  play: 'M4.500 3v10l8-5Z',
  pause: 'M5 3v10M11 3v10',
  help: 'M5.500 6a2.500 2.500 0 1 1 3.500 2.300c-.7.4-1 .8-1 1.700M8 12.800v.2',
  table: 'M2 3h12v10H2ZM2 6.500h12M2 9.800h12M6.500 3v10',
  map: 'M2 4l4-1.500 4 1.500 4-1.500v9.500l-4 1.500-4-1.500-4 1.500ZM6 2.500v9.500M10 4v9.500',
  pulse: 'M1.500 8h3l2-5 3 10 2-5h3',
  clock: 'M8 2a6 6 0 1 1 0 12a6 6 0 1 1 0-12ZM8 4.500V8l2.500 1.500',
} as const;

export function Glyph({ of }: { of: keyof typeof GLYPHS }) {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path d={GLYPHS[of]} fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
    </svg>
  );
}
