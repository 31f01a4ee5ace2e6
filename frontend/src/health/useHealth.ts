import { useEffect, useState } from 'react';
import { useLive } from '../useLive';
import { readHealth, readLatency } from './report';
import type { HealthReport, Latency } from './report';

const READ_EVERY_MS = 2_000;
const LATENCY_EVERY_MS = 15_000;
const SPAN_MS = 6 * 3_600_000;
/** Half an hour of rates, as this page has seen them. */
const KEPT = 900;

export interface Sample {
  readonly time: number;
  readonly values: Readonly<Record<string, number>>;
}

export interface HealthView {
  readonly report: HealthReport | null;
  readonly latency: Latency | null;
  readonly samples: readonly Sample[];
  readonly problem: string | null;
}

/** The system's health, read every 2 s, and the probe's figures, while somebody looks. */
export function useHealth(): HealthView {
  const { clock } = useLive();
  const [view, setView] = useState<HealthView>({ report: null, latency: null, samples: [], problem: null });
  useEffect(() => {
    const abort = new AbortController();
    const guarded = (read: () => Promise<(before: HealthView) => HealthView>) => async () => {
      try {
        setView(await read());
      } catch (error) {
        if (!abort.signal.aborted) {
          setView((before) => ({ ...before, problem: error instanceof Error ? error.message : String(error) }));
        }
      }
    };
    const health = guarded(async () => {
      const report = await readHealth(abort.signal);
      const sample = { time: report.time, values: valuesOf(report) };
      return (before) => ({ ...before, report, samples: [...before.samples, sample].slice(-KEPT), problem: null });
    });
    const latency = guarded(async () => {
      const read = await readLatency((clock.now() ?? SPAN_MS) - SPAN_MS, abort.signal);
      return (before) => ({ ...before, latency: read });
    });
    void health();
    void latency();
    const timers = [setInterval(() => void health(), READ_EVERY_MS), setInterval(() => void latency(), LATENCY_EVERY_MS)];
    return () => {
      abort.abort();
      for (const timer of timers) clearInterval(timer);
    };
  }, [clock]);
  return view;
}

/** Every figure by `part.figure`, summed over the instances of a part. */
function valuesOf(report: HealthReport): Record<string, number> {
  const values: Record<string, number> = {};
  for (const part of report.parts) {
    for (const [name, figure] of Object.entries(part.figures)) {
      const key = `${part.name}.${name}`;
      values[key] = (values[key] ?? 0) + figure;
    }
  }
  return values;
}
