import * as maplibre from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { DeviceStore } from '../devices/store';
import type { Track } from '../unit/useTrack';
import { basemapStyle } from './basemap';
import { MarkerLayer } from './markers';
import { project } from './projection';
import type { View } from './projection';

/** The demonstration country, with a little around it. */
const HOME: [[number, number], [number, number]] = [
  [9.462, 47.043],
  [9.645, 47.276],
];
const REACH_MOUSE = 14;
const REACH_TOUCH = 24;
const PHONE = 600;

export interface MapEvents {
  readonly onPick: (id: string | null) => void;
  readonly onMoved: () => void;
}

/** The map with its marker canvases: created once, outside React. */
export class MapHandle {
  readonly map: maplibre.Map;
  readonly markers: MarkerLayer;
  private readonly smooth = !matchMedia('(prefers-reduced-motion: reduce)').matches;

  constructor(
    host: HTMLElement,
    private readonly devices: DeviceStore,
    events: MapEvents,
  ) {
    maplibre.setWorkerUrl(workerUrl);
    this.map = new maplibre.Map({
      container: host,
      style: basemapStyle(document.baseURI),
      bounds: HOME,
      fitBoundsOptions: { padding: 8 },
      attributionControl: { compact: false },
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
    this.devices.glide.still = !this.smooth;
    this.markers = new MarkerLayer(this.map.getCanvasContainer(), devices);
    this.map.on('render', () => {
      this.markers.follow(this.view());
    });
    this.map.on('moveend', events.onMoved);
    this.map.on('resize', events.onMoved);
    this.listenForPicks(events.onPick);
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

  private moveTo(view: { center: [number, number]; zoom?: number }): void {
    // On a phone a unit's panel covers the lower half.
    const offset: [number, number] = [0, this.map.getContainer().clientWidth < PHONE ? -120 : 0];
    this.map.easeTo({ ...view, offset, animate: this.smooth });
  }

  home(): void {
    this.map.fitBounds(HOME, { padding: 8, animate: this.smooth });
  }

  showTrack(track: Track): void {
    const line = (points: Track['recorded'], part: string) => ({
      type: 'Feature' as const,
      properties: { part },
      geometry: { type: 'LineString' as const, coordinates: points.map(({ lon, lat }) => [lon, lat]) },
    });
    const joint = track.recorded.slice(-1);
    const features = [line(track.recorded, 'recorded'), line([...joint, ...track.recent], 'recent')];
    const source = this.map.getSource<maplibre.GeoJSONSource>('track');
    void source?.setData({
      type: 'FeatureCollection',
      features: features.filter(({ geometry }) => geometry.coordinates.length >= 2),
    });
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

  close(): void {
    this.markers.close();
    this.map.remove();
  }

  private listenForPicks(onPick: (id: string | null) => void): void {
    this.map.on('click', ({ point, originalEvent }) => {
      const touch = 'pointerType' in originalEvent && originalEvent.pointerType === 'touch';
      const slot = this.markers.frame.pick(point.x, point.y, touch ? REACH_TOUCH : REACH_MOUSE);
      onPick(slot === -1 ? null : this.devices.ids[slot]);
    });
    this.map.on('mousemove', ({ point }) => {
      const slot = this.markers.frame.pick(point.x, point.y, REACH_MOUSE);
      this.markers.hover(slot);
      this.map.getCanvas().style.cursor = slot === -1 ? '' : 'pointer';
    });
  }
}
