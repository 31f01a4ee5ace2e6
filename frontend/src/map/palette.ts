export type Theme = 'night' | 'day';

/** What the canvases above the map are drawn with. */
export interface Colours {
  /** Marks by look: moving, stopped, stale, offline, late; then alarm rings, alarm fill, edge, chosen ring. */
  readonly marks: readonly string[];
  readonly text: string;
  readonly halo: string;
  readonly disc: string;
  readonly discEdge: string;
  readonly silent: string;
  readonly alarm: string;
  readonly alarmText: string;
  readonly trail: string;
}

const NIGHT: Colours = {
  marks: ['#4ea1ff', '#93a1af', '#d9a21b', '#6b7885', '#7488a0', '#ff4d4f', '#ff4d4f', '#080c0f', '#ffffff'],
  text: '#e6edf3',
  halo: 'rgba(11, 15, 20, 0.9)',
  disc: '#16283c',
  discEdge: '#4ea1ff',
  silent: '#d9a21b',
  alarm: '#ff4d4f',
  alarmText: '#1a0304',
  trail: '#4ea1ff',
};

const DAY: Colours = {
  marks: ['#0f62c4', '#55626f', '#8f5f00', '#6d7883', '#5d7590', '#c9181e', '#c9181e', '#ffffff', '#101820'],
  text: '#101820',
  halo: 'rgba(255, 255, 255, 0.92)',
  disc: '#ffffff',
  discEdge: '#0f62c4',
  silent: '#a87100',
  alarm: '#c9181e',
  alarmText: '#ffffff',
  trail: '#0f62c4',
};

/** Marks whose colour would claim to be known lose it when the picture can't be vouched for. */
const VOUCHED_ONLY = [0, 1, 2, 4, 6];
const GREY: Record<Theme, string> = { night: '#75818d', day: '#76828d' };

export function coloursOf(theme: Theme, vouched: boolean): Colours {
  const colours = theme === 'night' ? NIGHT : DAY;
  if (vouched) return colours;
  const grey = GREY[theme];
  return {
    ...colours,
    marks: colours.marks.map((colour, i) => (VOUCHED_ONLY.includes(i) ? grey : colour)),
    discEdge: grey,
    silent: grey,
    trail: grey,
  };
}

/** The marks' colours as the shader takes them. */
export function markPalette({ marks }: Colours): Float32Array {
  return new Float32Array(
    marks.flatMap((hex) => [...[1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255), 1]),
  );
}
