import type { FullPoint } from './trackFile';

/*
 * The same columns and elements as the API's own files have (P72 in docs/protocol.md).
 */

const PLACES = 7;
const SILENCE_MS = 600_000;
const MOST_OF_A_FEATURE = 5_000;

export function csv(_id: string, points: readonly FullPoint[]): string {
  return ['time,timestamp,lat,lon,heading,speed,accuracy,altitude', ...points.map(csvRow)].map((row) => `${row}\r\n`).join('');
}

function csvRow({ timestamp, lat, lon, heading, speed, accuracy, altitude }: FullPoint): string {
  const figures = [[lat, PLACES], [lon, PLACES], [heading, 2], [speed, 2], [accuracy, 1], [altitude, 1]] as const;
  return [new Date(timestamp).toISOString(), String(timestamp), ...figures.map(([value, places]) => plain(value, places))].join(',');
}

/** A new segment where it crosses the antimeridian, and after a silence: nobody knows the way there. */
export function gpx(id: string, points: readonly FullPoint[]): string {
  const body = points.map((point, i) => {
    const before = points[Math.max(0, i - 1)];
    const apart = (point.timestamp - before.timestamp > SILENCE_MS || Math.abs(point.lon - before.lon) > 180);
    return (apart ? '</trkseg><trkseg>\n' : '') + gpxPoint(point);
  });
  return '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Sightline" xmlns="http://www.topografix.com/GPX/1/1">\n'
    + `<trk><name>${id}</name><trkseg>\n${body.join('')}</trkseg></trk></gpx>\n`;
}

function gpxPoint({ timestamp, lat, lon, altitude }: FullPoint): string {
  const ele = isKnown(altitude) ? `<ele>${plain(altitude, 1)}</ele>` : '';
  const east = plain(lon, PLACES);
  return `<trkpt lat="${plain(lat, PLACES)}" lon="${east === '180' ? '-180' : east}">${ele}`
    + `<time>${new Date(timestamp).toISOString()}</time></trkpt>\n`;
}

/**
 * RFC 7946: features of so many positions at most, each begins where the one before ended; a line, cut at the
 * antimeridian, with an altitude at all of its positions or at none; a single position is a point.
 */
export function geojson(id: string, points: readonly FullPoint[]): string {
  const features: string[] = [];
  for (let start = 0; start === 0 ? points.length > 0 : start < points.length - 1; start += MOST_OF_A_FEATURE - 1) {
    features.push(feature(id, points.slice(start, start + MOST_OF_A_FEATURE)));
  }
  return `{"type":"FeatureCollection","device":${JSON.stringify(id)},"features":[${features.join(',')}]}`;
}

function feature(id: string, points: readonly FullPoint[]): string {
  const lines = cut(points);
  const high = points.every(({ altitude }) => isKnown(altitude));
  const place = ({ lon, lat, altitude }: FullPoint) =>
    `[${plain(lon, PLACES)},${plain(lat, PLACES)}${high ? `,${plain(altitude, 1)}` : ''}]`;
  const each = (of: (point: FullPoint) => string) => lines.map((line) => `[${line.map(of).join(',')}]`);
  const places = each(place);
  const times = each(({ timestamp }) => String(timestamp));
  const all = (parts: readonly string[]) => (parts.length > 1 ? `[${parts.join(',')}]` : (parts[0] ?? '[]'));
  const geometry = points.length === 1
    ? `{"type":"Point","coordinates":${points.map(place).join('')}}`
    : `{"type":"${lines.length > 1 ? 'MultiLineString' : 'LineString'}","coordinates":${all(places)}}`;
  return `{"type":"Feature","geometry":${geometry},"properties":{"device":${JSON.stringify(id)},"times":${all(times)}}}`;
}

/** The lines, none of which crosses the antimeridian. */
function cut(points: readonly FullPoint[]): FullPoint[][] {
  let line: FullPoint[] = [];
  const lines = [line];
  let last: FullPoint | undefined;
  for (const point of points) {
    if (last !== undefined && Math.abs(point.lon - last.lon) > 180) {
      const edge = last.lon < 0 ? -180 : 180;
      const crossing = towards(last, point, edge);
      line.push(crossing);
      line = [{ ...crossing, lon: -edge }];
      lines.push(line);
    }
    line.push(point);
    last = point;
  }
  return lines;
}

/** Where the way to the next one crosses the edge on this one's side. */
function towards(from: FullPoint, to: FullPoint, edge: number): FullPoint {
  const width = 360 - Math.abs(to.lon - from.lon);
  const share = width === 0 ? 0 : Math.abs(edge - from.lon) / width;
  const between = (a: number, b: number) => a + (b - a) * share;
  return {
    timestamp: Math.round(between(from.timestamp, to.timestamp)),
    lon: edge,
    lat: between(from.lat, to.lat),
    speed: Number.NaN,
    altitude: between(from.altitude ?? Number.NaN, to.altitude ?? Number.NaN),
  };
}

function isKnown(value: number | undefined): value is number {
  return value !== undefined && !Number.isNaN(value);
}

/** A plain decimal number, never with an exponent; nothing where it is not known. */
function plain(value: number | undefined, places: number): string {
  if (!isKnown(value)) return '';
  const text = value.toFixed(places).replace(/\.?0+$/, '');
  return text === '-0' || text === '' ? '0' : text;
}
