import { getJson } from '../events/api';
import { list, number, object, optional, text } from '../protocol/fields';

export type TileFormat = 'vector' | 'raster';

/** A basemap that the operator dropped into the data directory, as `GET /api/v1/basemaps` says. */
export interface Basemap {
  readonly file: string;
  readonly name: string;
  readonly url: string;
  readonly tiles: TileFormat;
  readonly maxZoom: number;
  /** West, south, east, north. */
  readonly bounds: readonly [number, number, number, number];
  /** Plain text. */
  readonly attribution: string;
  readonly layers: readonly string[];
}

/** The operator's basemaps, the newest first; none where the server has none or doesn't answer. */
export async function readBasemaps(signal: AbortSignal): Promise<readonly Basemap[]> {
  try {
    const answer = await getJson('/api/v1/basemaps', signal);
    return list(answer, 'items', basemap).filter((item) => item !== null);
  } catch (error) {
    console.warn('the list of basemaps could not be read', error);
    return [];
  }
}

const KEY = 'sightline.basemap';
const SHIPPED = 'shipped';

/** What this person chose of what there is, else the newest; null: the shipped one. */
export function chosenBasemap(basemaps: readonly Basemap[]): Basemap | null {
  const chosen = remembered();
  if (chosen === SHIPPED) return null;
  return basemaps.find(({ file }) => file === chosen) ?? basemaps.at(0) ?? null;
}

export function rememberBasemap(basemap: Basemap | null): void {
  try {
    localStorage.setItem(KEY, basemap?.file ?? SHIPPED);
  } catch {
    // A browser that keeps nothing still shows what was chosen.
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** One that can't be drawn is null: the server says what is wrong with it. */
function basemap(value: unknown): Basemap | null {
  const fields = object(value, 'basemap');
  const url = optional(text, fields, 'url');
  if (url === undefined) {
    console.warn(`basemap ${text(fields, 'file')}: ${optional(text, fields, 'problem') ?? 'unusable'}`);
    return null;
  }
  const [west = -180, south = -85, east = 180, north = 85] = list(fields, 'bounds', Number);
  return {
    file: text(fields, 'file'),
    name: text(fields, 'name'),
    url,
    tiles: text(fields, 'tiles') === 'mvt' ? 'vector' : 'raster',
    maxZoom: number(fields, 'maxZoom'),
    bounds: [west, south, east, north],
    attribution: optional(text, fields, 'attribution') ?? '',
    layers: fields.layers === undefined ? [] : list(fields, 'layers', String),
  };
}
