import { useMemo } from 'react';
import { texts } from '../texts';
import { age, clockTime } from '../ui/format';
import Plot from '../ui/Plot';
import type { PlotSeries } from '../ui/Plot';
import { useConnection, useLive } from '../useLive';
import { figureName, figureText, partName } from './figures';
import { freshnessOf } from './freshness';
import { HOPS, columnsOf } from './report';
import type { Latency, Part } from './report';
import { useHealth } from './useHealth';
import type { Sample } from './useHealth';

const LATENCY: readonly PlotSeries[] = [
  { label: texts.health.hops.total, color: '--text', format: ms },
  { label: texts.health.hops.broker, color: '--accent', format: ms, dash: [6, 3] },
  { label: texts.health.hops.bridge, color: '--fine', format: ms, dash: [2, 3] },
  { label: texts.health.hops.gateway, color: '--past', format: ms, dash: [8, 3, 2, 3] },
];
const GRAIN_MS = 0.01;
/** Parts that every Sightline has: one of which nothing is known is shown, not left out. */
const PARTS = ['broker', 'bridge', 'bus', 'gateway', 'recorder', 'history', 'probe'];
const RATES = ['bridge.positionsPerSecond', 'gateway.toldPerSecond', 'recorder.rowsPerSecond'] as const;
const RATE_SERIES: readonly PlotSeries[] = [
  { label: texts.health.rates[RATES[0]], color: '--accent', format: perSecond },
  { label: texts.health.rates[RATES[1]], color: '--fine', format: perSecond, dash: [6, 3] },
  { label: texts.health.rates[RATES[2]], color: '--past', format: perSecond, dash: [2, 3] },
];
const QUEUE_SERIES: readonly PlotSeries[] = [
  { label: texts.health.queue, color: '--late', format: (value) => String(Math.round(value)) },
];

/** How the system is: every part, latency by hop, rates and queues. Made to be read from across a room. */
export default function HealthPage() {
  const { report, latency, samples, problem } = useHealth();
  const state = useConnection();
  const { clock } = useLive();
  // eslint-disable-next-line react-hooks/purity -- a monotonic reading; health is read, and this drawn, every 2 s
  const fresh = freshnessOf(state, performance.now(), 0, age);
  const ageMs = report && clock.now() !== null ? (clock.now() ?? 0) - report.time : 0;
  return (
    <section className="health" aria-label={texts.health.name} tabIndex={0}>
      <header>
        <h2>{texts.health.name}</h2>
        <p className={fresh.look === 'live' ? 'health-live' : 'late'}>
          {fresh.look === 'live' ? texts.health.live : `${fresh.title}: ${fresh.detail}`}
        </p>
        {report && <p className={ageMs > 6_000 ? 'late' : 'muted'}>{texts.health.asOf(clockTime(report.time))}</p>}
      </header>
      {problem !== null && (
        <p className="late" role="alert">
          {texts.health.problem(problem)}
        </p>
      )}
      {report?.notReady.map((why) => (
        <p key={why} className="late">
          {texts.health.notReady(why)}
        </p>
      ))}
      {report && <RetentionHeld parts={report.parts} />}
      <ul className="parts" aria-label={texts.health.parts}>
        {report && withUnreported(report.parts).map((part) => <PartCard key={`${part.name} ${part.instance ?? ''}`} part={part} />)}
      </ul>
      <LatencyCard latency={latency} />
      <div className="health-plots">
        <Rates samples={samples} />
      </div>
    </section>
  );
}

/** A clock that is wrong by a month would have removed it: a person has to say that it is right. */
function RetentionHeld({ parts }: { parts: readonly Part[] }) {
  const figures = parts.find((part) => part.name === 'recorder')?.figures;
  const days = figures?.retentionHeldDays ?? 0;
  const events = figures?.retentionHeldEvents ?? 0;
  return days + events > 0 ? <p className="late">{texts.health.retentionHeld(days, events)}</p> : null;
}

function withUnreported(parts: readonly Part[]): readonly Part[] {
  const missing = PARTS.filter((name) => !parts.some((part) => part.name === name));
  return [...parts, ...missing.map((name): Part => ({ name, instance: null, state: 'unknown', ageMs: null, figures: {} }))];
}

function PartCard({ part }: { part: Part }) {
  return (
    <li className={`part part-${part.state}`}>
      <h3>
        <PartMark state={part.state} /> {partName(part.name)}
        {part.instance !== null && <span className="muted"> {part.instance}</span>}
      </h3>
      <p className="part-state">
        {texts.health.states[part.state]}
        {part.ageMs !== null && part.state !== 'unknown' && <span className="muted"> {texts.health.heard(age(part.ageMs))}</span>}
      </p>
      <dl>
        {Object.entries(part.figures).map(([name, value]) => (
          <div key={name}>
            <dt>{figureName(name)}</dt>
            <dd>{figureText(name, value)}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

/** A state by shape: disc up, diamond late, triangle down, ring unknown. */
function PartMark({ state }: { state: Part['state'] }) {
  const path = {
    up: 'M8 3a5 5 0 1 1 0 10a5 5 0 1 1 0-10Z',
    late: 'M8 1 15 8 8 15 1 8Z',
    down: 'M8 1 15.500 14.500H.5Z',
    unknown: 'M8 3a5 5 0 1 1 0 10a5 5 0 1 1 0-10Z',
  }[state];
  return (
    <svg viewBox="0 0 16 16" width="1em" height="1em" aria-hidden="true" className="part-mark">
      <path d={path} fill={state === 'unknown' ? 'none' : 'currentColor'} stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}

function LatencyCard({ latency }: { latency: Latency | null }) {
  const data = useMemo(() => {
    const rounds = latency?.rounds ?? [];
    return [rounds.map(({ time }) => time / 1_000), ...(['total', 'broker', 'bridge', 'gateway'] as const).map((hop) => rounds.map((round) => plotted(round[hop])))];
  }, [latency]);
  if (!latency || latency.rounds.length === 0) {
    return <p className="muted">{texts.health.noProbe}</p>;
  }
  return (
    <div className="health-latency">
      <h3>
        {texts.health.latency}{' '}
        <span className={latency.failed > 0 ? 'late' : 'muted'}>
          {texts.health.satisfied(latency.satisfied === null ? texts.page.none : `${(latency.satisfied * 100).toFixed(2)} %`, latency.withinMs, latency.failed)}
        </span>
      </h3>
      <Plot name={texts.health.latency} data={data} series={LATENCY} height={220} text={13} logarithmic />
      <table>
        <thead>
          <tr>
            <th scope="col">{texts.health.hop}</th>
            <th scope="col">{texts.health.p50}</th>
            <th scope="col">{texts.health.p95}</th>
            <th scope="col">{texts.health.max}</th>
          </tr>
        </thead>
        <tbody>
          {HOPS.map((hop) => {
            const figures = latency.hops[hop];
            return (
              <tr key={hop}>
                <th scope="row">{texts.health.hops[hop]}</th>
                <td>{figures ? ms(figures.p50) : texts.page.none}</td>
                <td>{figures ? ms(figures.p95) : texts.page.none}</td>
                <td>{figures ? ms(figures.max) : texts.page.none}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** A logarithmic scale has no zero: what is below the clock's grain is drawn at it. */
function plotted(value: number | null): number | null {
  return value === null ? null : Math.max(GRAIN_MS, value);
}

function Rates({ samples }: { samples: readonly Sample[] }) {
  const rates = useMemo(() => columnsOf(samples, RATES), [samples]);
  const queue = useMemo(() => columnsOf(samples, ['bridge.queueDepth']), [samples]);
  return (
    <>
      <div>
        <h3>{texts.health.ratesName}</h3>
        <Plot name={texts.health.ratesName} data={rates} series={RATE_SERIES} height={180} text={13} />
      </div>
      <div>
        <h3>{texts.health.queue}</h3>
        <Plot name={texts.health.queue} data={queue} series={QUEUE_SERIES} height={180} text={13} />
      </div>
    </>
  );
}

function ms(value: number): string {
  if (value >= 1_000) return `${String(Number((value / 1_000).toFixed(1)))} s`;
  if (value < GRAIN_MS) return `< ${String(GRAIN_MS)} ms`;
  return value < 10 ? `${value < 0.1 ? value.toFixed(2) : value.toFixed(1)} ms` : `${String(Math.round(value))} ms`;
}

function perSecond(value: number): string {
  return `${String(Math.round(value))}/s`;
}
