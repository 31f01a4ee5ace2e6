import type { Theme } from './palette';

/** The basemap's colours: streets and names recede, so that units stand out. */
export interface Ground {
  readonly sea: string;
  readonly land: string;
  readonly water: string;
  readonly stream: string;
  readonly green: string;
  readonly built: string;
  readonly field: string;
  readonly building: string;
  readonly buildingEdge: string;
  readonly border: string;
  readonly countryBorder: string;
  readonly rail: string;
  readonly path: string;
  readonly lane: string;
  readonly street: string;
  readonly secondary: string;
  readonly main: string;
  readonly label: string;
  readonly streetLabel: string;
  readonly halo: string;
}

export const NIGHT: Ground = {
  sea: '#0a1c30',
  land: '#10161d',
  water: '#0d2236',
  stream: '#12304c',
  green: '#0f1c17',
  built: '#141b23',
  field: '#121a19',
  building: '#1a232d',
  buildingEdge: '#222d39',
  border: '#33414f',
  countryBorder: '#43505e',
  rail: '#2b3643',
  path: '#1b2530',
  lane: '#222e3b',
  street: '#2b3846',
  secondary: '#3c4d5d',
  main: '#4f6377',
  label: '#9aa7b4',
  streetLabel: '#8492a1',
  halo: '#0b0f14',
};

export const DAY: Ground = {
  sea: '#bfd8ec',
  land: '#f1f3f4',
  water: '#b3d1e8',
  stream: '#a6c9e4',
  green: '#dde9da',
  built: '#e7eaed',
  field: '#e9eee3',
  building: '#dadfe4',
  buildingEdge: '#cbd2d9',
  border: '#9aa6b2',
  countryBorder: '#8a97a5',
  rail: '#bcc5ce',
  path: '#dce0e4',
  lane: '#d5dae0',
  street: '#c8cfd6',
  secondary: '#b4bec8',
  main: '#9ba8b5',
  label: '#46525e',
  streetLabel: '#56626e',
  halo: '#ffffff',
};

export function groundOf(theme: Theme): Ground {
  return theme === 'night' ? NIGHT : DAY;
}
