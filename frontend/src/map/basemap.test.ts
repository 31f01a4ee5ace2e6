import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LAND_POINTS, SEA_POINTS } from '../../e2e/coast';
import { Whereabouts } from './whereabouts';

type Ring = [number, number][];
interface Collection<P, G> {
  features: { properties: P; geometry: { type: string; coordinates: G } }[];
}
const read = <P, G>(name: string) =>
  JSON.parse(readFileSync(resolve(__dirname, `../../public/map/${name}.json`), 'utf8')) as Collection<P, G>;
const land = read<object, Ring[]>('land').features.map((feature) => feature.geometry.coordinates);

function isLand(lon: number, lat: number): boolean {
  return land.some((polygon) => {
    let inside = false;
    for (const ring of polygon) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [[ax, ay], [bx, by]] = [ring[i], ring[j]];
        if (ay > lat !== by > lat && lon < ((bx - ax) * (lat - ay)) / (by - ay) + ax) inside = !inside;
      }
    }
    return inside;
  });
}

describe('the basemap’s data', () => {
  it.each(LAND_POINTS)('%s is land', (_name, lon, lat) => {
    expect(isLand(lon, lat)).toBe(true);
  });

  it.each(SEA_POINTS)('%s is sea', (_name, lon, lat) => {
    expect(isLand(lon, lat)).toBe(false);
  });

  it('no edge of land runs across the world, so that no sea is flooded', () => {
    for (const polygon of land) {
      for (const ring of polygon) {
        for (let i = 1; i < ring.length; i++) {
          const [[ax, ay], [bx, by]] = [ring[i - 1], ring[i]];
          const closesThePole = ay === -90 && by === -90;
          expect(closesThePole || Math.abs(bx - ax) < 30).toBe(true);
        }
      }
    }
  });

  it('every country has its name on its own land or coast', () => {
    const countries = read<{ name: string }, [number, number]>('countries').features;
    expect(countries.length).toBeGreaterThan(230);
    const liechtenstein = countries.find(({ properties }) => properties.name === 'Liechtenstein');
    expect(liechtenstein?.geometry.coordinates[0]).toBeCloseTo(9.55, 1);
  });

  it('names the street and the place of a position', () => {
    const roads = read<{ name?: string }, unknown>('roads').features;
    const places = read<{ name?: string }, unknown>('places').features;
    const whereabouts = new Whereabouts(roads, places);
    expect(whereabouts.of(9.5227962, 47.1392862)).toMatch(/Vaduz$/);
    expect(whereabouts.of(9.6083946, 47.1027934)).toMatch(/Malbun$/);
    expect(whereabouts.of(0, 0)).toBeNull();
  });
});
