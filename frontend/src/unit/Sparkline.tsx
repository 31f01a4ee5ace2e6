import { texts } from '../texts';
import type { TrackPoint } from './track';

const WIDTH = 300;
const HEIGHT = 42;

/** Speed over the time shown, at a glance. */
export function Sparkline({ points, from, to }: { points: readonly TrackPoint[]; from: number; to: number }) {
  const known = points.filter((point) => !Number.isNaN(point.speed) && point.timestamp >= from);
  if (known.length < 2) {
    return <div className="sparkline-empty muted">{texts.unit.noSpeeds}</div>;
  }
  const most = Math.max(14, ...known.map((point) => point.speed));
  const path = known
    .map((point) => {
      const x = ((point.timestamp - from) / (to - from)) * WIDTH;
      const y = HEIGHT - 2 - (point.speed / most) * (HEIGHT - 6);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={texts.unit.speeds(Math.round(most * 3.6))}
    >
      <polyline points={path} fill="none" stroke="currentColor" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
