import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { texts } from '../texts';
import { clockTime } from './format';

export interface PlotSeries {
  readonly label: string;
  /** A token of the palette, such as `--accent`. */
  readonly color: string;
  readonly format: (value: number) => string;
  readonly dash?: readonly number[];
}

/** Whole powers of ten above and below what is shown, so that one slow value leaves the others readable. */
const wholePowers: uPlot.Range.Function = (_self, min, max) => {
  const [low, high] = min > 0 && max > 0 ? [min, max] : [0.1, 10];
  const bottom = 10 ** Math.floor(Math.log10(low));
  return [bottom, Math.max(bottom * 10, 10 ** Math.ceil(Math.log10(high)))];
};
/** The library's own name for it is a constant that the compiler would have to inline. */
const LOGARITHMIC = { distr: 3, range: wholePowers } as unknown as uPlot.Scale;

interface Props {
  /** What it shows, for those who can't see it. */
  readonly name: string;
  /** Epoch seconds, then one list a series; null is unknown. */
  readonly data: readonly (readonly (number | null)[])[];
  readonly series: readonly PlotSeries[];
  readonly height: number;
  /** Text size in px; a wall wants more. */
  readonly text?: number;
  readonly logarithmic?: boolean;
}

/** A chart over time that follows its data and its place's width. Loaded only where one is opened. */
export default function Plot({ name, data, series, height, text = 11, logarithmic = false }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const first = useRef(data);
  const key = series.map((one) => one.label).join('|');
  const shown = useRef(series);
  useEffect(() => {
    shown.current = series;
  });

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const made = new uPlot(
      optionsOf(element, shown.current, { height, text, logarithmic }),
      first.current as uPlot.AlignedData,
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0) made.setSize({ width: element.clientWidth, height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [height, text, logarithmic, key]);

  useEffect(() => {
    first.current = data;
    plot.current?.setData(data as uPlot.AlignedData);
  }, [data]);

  return <div ref={host} className="plot" role="img" aria-label={name} />;
}

interface Look {
  readonly height: number;
  readonly text: number;
  readonly logarithmic: boolean;
}

function optionsOf(element: HTMLElement, series: readonly PlotSeries[], { height, text, logarithmic }: Look): uPlot.Options {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const font = `${String(text)}px "Inter Variable", sans-serif`;
  const axis = { stroke: token('--muted'), font, grid: { stroke: token('--line'), width: 1 }, ticks: { stroke: token('--line'), width: 1 } };
  const format = series[0].format;
  return {
    width: Math.max(100, element.clientWidth),
    height,
    legend: { show: series.length > 1 },
    cursor: { y: false, points: { size: 6 } },
    scales: { y: logarithmic ? LOGARITHMIC : { range: (_self, _min, max) => [0, Math.max(1, max * 1.1)] } },
    axes: [
      { ...axis, space: text * 6, values: (_self, ticks, _axis, _space, step) => ticks.map((tick) => clockTime(tick * 1_000).slice(0, step < 60 ? 8 : 5)) },
      { ...axis, size: text * 5.2, values: (_self, ticks) => ticks.map((tick) => (Number.isFinite(tick) ? format(tick) : '')) },
    ],
    series: [
      { label: texts.plot.time, value: '{HH}:{mm}:{ss}' },
      ...series.map((one) => ({
        label: one.label,
        stroke: token(one.color),
        width: 1.5,
        dash: one.dash ? [...one.dash] : undefined,
        spanGaps: false,
        points: { show: false },
        value: (_self: uPlot, value: number | null) => (value === null ? texts.page.none : one.format(value)),
      })),
    ],
  };
}
