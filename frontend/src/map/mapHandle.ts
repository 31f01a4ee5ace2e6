import * as maplibre from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { Protocol } from 'pmtiles';
import type { ServerClock } from '../connection/serverClock';
import type { DeviceStore } from '../devices/store';
import type { Track } from '../unit/trackFeed';
import { basemapStyle } from './basemap';
import type { Basemap } from './basemaps';
import { MarkerLayer } from './markers';
import type { Theme } from './palette';
import { Picks } from './picks';
import type { PickEvents } from './picks';
import { pixelRatioOf } from './pixelRatio';
import { project, turn } from './projection';
import type { View } from './projection';
import { Watched } from './watched';

/** The demonstration country, with a little around it. */
const HOME: [[number, number], [number, number]] = [
  [9.462, 47.043],
  [9.645, 47.276],
];
/** A basemap of a wider part of the world says nothing of where one's units are. */
const REGION_DEGREES = 60;
const PHONE = 600;
/** As near as streets and houses are still worth looking at. */
const NEAREST_FIT = 17;
/** Coming nearer has to bring at least this much, or units stand in one place. */
const WORTH_ZOOMING = 0.4;

export interface MapEvents extends PickEvents {
  readonly onMoved: () => void;
  /** A person has moved the map by hand. */
  readonly onDragged: () => void;
}

/** The map with its marker canvases: created once, outside React. */
export class MapHandle {
  readonly map: maplibre.Map;
  readonly markers: MarkerLayer;
  readonly watched: Watched;
  private readonly stillness = matchMedia('(prefers-reduced-motion: reduce)');

  constructor(
    host: HTMLElement,
    private readonly devices: DeviceStore,
    clock: ServerClock,
    private theme: Theme,
    private basemap: Basemap | null,
    events: MapEvents,
  ) {
    maplibre.setWorkerUrl(workerUrl);
    this.serveTiles();
    this.map = new maplibre.Map({
      container: host,
      pixelRatio: pixelRatioOf(host),
      style: this.style(),
      bounds: this.homeBounds(),
      fitBoundsOptions: { padding: 8 },
      attributionControl: { compact: false },
      boxZoom: false, // Shift is for watching several units
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxPitch: 0,
      minZoom: 1,
      maxZoom: 19,
      renderWorldCopies: true,
      fadeDuration: this.smooth ? 200 : 0,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.keepStill();
    this.stillness.addEventListener('change', this.keepStill);
    this.markers = new MarkerLayer(this.map.getCanvasContainer(), devices, () => clock.now());
    this.markers.dress(theme);
    this.watched = new Watched(devices, clock, this.markers);
    this.map.on('render', () => {
      this.markers.follow(this.view());
    });
    this.map.on('moveend', events.onMoved);
    this.map.on('resize', () => {
      const ratio = pixelRatioOf(host);
      if (ratio !== this.map.getPixelRatio()) this.map.setPixelRatio(ratio);
      events.onMoved();
    });
    this.map.on('movestart', () => { events.onChoose(null); });
    this.map.on('dragstart', events.onDragged);
    const spread = (slots: readonly number[]) => this.spread(slots);
    const approach = (lon: number, lat: number) => {
      this.map.easeTo({ center: [lon, lat], zoom: this.map.getZoom() + 2, animate: this.smooth });
    };
    new Picks(this.markers, devices, events, spread, approach).listen(this.map);
  }

  dress(theme: Theme): void {
    if (theme === this.theme) return;
    this.theme = theme;
    this.markers.dress(theme);
    this.map.setStyle(this.style());
  }

  /** Draws another basemap; null: the one that is shipped. */
  lay(basemap: Basemap | null): void {
    if (basemap?.url === this.basemap?.url) return;
    this.basemap = basemap;
    this.map.setStyle(this.style());
    this.home();
  }

  /** Brings a place to the middle; from far away, also near enough to see streets. */
  show(lon: number, lat: number): void {
    const zoom = Math.max(this.map.getZoom(), 14);
    this.moveTo({ center: [lon, lat], zoom });
  }

  /** Keeps a unit in the middle third of the map. */
  keepInSight(id: string): void {
    const place = this.drawn(id);
    if (!place) return;
    const view = this.view();
    const [x, y] = project(view, place.lon, place.lat);
    const far = Math.abs(x - view.width / 2) > view.width / 6 || Math.abs(y - view.height / 2) > view.height / 6;
    if (far) {
      this.moveTo({ center: [place.lon, place.lat] });
    }
  }

  /** Brings all of some units into view, as near as streets. */
  fit(ids: Iterable<string>): void {
    const slots = [...ids].flatMap((id) => this.devices.slotOf(id) ?? []);
    const bounds = this.boundsOf(slots);
    if (bounds) {
      const padding = this.phone ? { top: 60, right: 30, bottom: 260, left: 30 } : 90;
      this.map.fitBounds(bounds, { padding, maxZoom: NEAREST_FIT, animate: this.smooth });
    }
  }

  home(): void {
    this.map.fitBounds(this.homeBounds(), { padding: 8, animate: this.smooth });
  }

  showTrack(id: string | null, track: Track): void {
    this.watched.showSelected(id, track);
  }

  /** Where a unit is drawn at this moment, on its way to its newest position. */
  drawn(id: string): { lon: number; lat: number } | null {
    const slot = this.devices.slotOf(id);
    if (slot === undefined) return null;
    const { glide } = this.devices;
    const part = glide.partOf(slot, performance.now());
    return { lon: glide.lonAt(slot, part), lat: glide.latAt(slot, part) };
  }

  view(): View {
    const { lng, lat } = this.map.getCenter();
    const { clientWidth, clientHeight } = this.map.getContainer();
    return { lon: lng, lat, zoom: this.map.getZoom(), width: clientWidth, height: clientHeight };
  }

  /** West, south, east and north of what the map shows. */
  bbox(): [number, number, number, number] {
    const bounds = this.map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  }

  close(): void {
    this.stillness.removeEventListener('change', this.keepStill);
    this.watched.close();
    this.markers.close();
    this.map.remove();
  }

  private style(): maplibre.StyleSpecification {
    return basemapStyle(document.baseURI, this.theme, this.basemap);
  }

  private homeBounds(): [[number, number], [number, number]] {
    const [west, south, east, north] = this.basemap?.bounds ?? [-180, -90, 180, 90];
    return east - west < REGION_DEGREES ? [[west, south], [east, north]] : HOME;
  }

  /** Tiles of an operator's basemap are read by ranges of one file; its code comes when there is one. */
  private serveTiles(): void {
    let protocol: Promise<Protocol> | null = null;
    maplibre.addProtocol('pmtiles', async (request, abort) => {
      protocol ??= import('pmtiles').then((pmtiles) => new pmtiles.Protocol());
      return (await protocol).tile(request, abort);
    });
  }

  private get smooth(): boolean {
    return !this.stillness.matches;
  }

  private get phone(): boolean {
    return this.map.getContainer().clientWidth < PHONE;
  }

  private readonly keepStill = (): void => {
    this.devices.glide.still = this.stillness.matches;
  };

  private moveTo(view: { center: [number, number]; zoom?: number }): void {
    // On a phone a unit's panel covers the lower half.
    const offset: [number, number] = [0, this.phone ? -120 : 0];
    this.map.easeTo({ ...view, offset, animate: this.smooth });
  }

  private spread(slots: readonly number[]): boolean {
    const bounds = this.boundsOf(slots);
    if (!bounds) return true;
    const camera = this.map.cameraForBounds(bounds, { padding: 60, maxZoom: NEAREST_FIT });
    if (!camera || (camera.zoom ?? 0) < this.map.getZoom() + WORTH_ZOOMING) return false;
    this.map.easeTo({ ...camera, animate: this.smooth });
    return true;
  }

  private boundsOf(slots: readonly number[]): maplibre.LngLatBounds | null {
    const { toLon, toLat } = this.devices.glide;
    const known = slots.filter((slot) => !Number.isNaN(toLon[slot]));
    if (known.length === 0) return null;
    const bounds = new maplibre.LngLatBounds();
    const first = toLon[known[0]];
    for (const slot of known) bounds.extend([first + turn(first, toLon[slot]), toLat[slot]]);
    return bounds;
  }
}
