import type * as maplibre from 'maplibre-gl';
import type { DeviceStore } from '../devices/store';
import type { MarkerLayer } from './markers';

const REACH_MOUSE = 14;
const REACH_TOUCH = 24;
/** Marks nearer to each other than this can't be told apart by pointing. */
const SAME_PLACE_PX = 7;
/** A mark on a count is meant when it is pointed at as closely as this. */
const ON_MARK_PX = 9;

/** Several units that are drawn in one place, for a person to choose from. */
export interface Choice {
  readonly x: number;
  readonly y: number;
  readonly ids: readonly string[];
}

export interface PickEvents {
  readonly onPick: (id: string | null) => void;
  readonly onChoose: (choice: Choice | null) => void;
  /** A unit was pointed at with Shift, Ctrl or ⌘ held. */
  readonly onWatch: (id: string) => void;
}

/** What is on the map under the pointer, and what a click on it means. Owned by the map. */
export class Picks {
  constructor(
    private readonly markers: MarkerLayer,
    private readonly devices: DeviceStore,
    private readonly events: PickEvents,
    /** Brings units nearer, when that tells them apart; false: they are in one place. */
    private readonly spread: (slots: readonly number[]) => boolean,
    private readonly approach: (lon: number, lat: number) => void,
  ) {}

  listen(map: maplibre.Map): void {
    map.on('click', ({ point, originalEvent }) => {
      const touch = 'pointerType' in originalEvent && originalEvent.pointerType === 'touch';
      const several = originalEvent.shiftKey || originalEvent.ctrlKey || originalEvent.metaKey;
      this.click(point.x, point.y, touch ? REACH_TOUCH : REACH_MOUSE, several);
    });
    map.on('mousemove', ({ point }) => {
      const crowd = this.crowdAt(point.x, point.y);
      const slot = crowd === -1 ? this.markers.frame.pick(point.x, point.y, REACH_MOUSE) : -1;
      this.markers.hover(slot);
      const found = slot !== -1 || crowd !== -1 || this.markers.cellAt(point.x, point.y) !== null;
      map.getCanvas().style.cursor = found ? 'pointer' : '';
    });
  }

  click(x: number, y: number, reach: number, several: boolean): void {
    const { frame } = this.markers;
    this.events.onChoose(null);
    const crowd = this.crowdAt(x, y);
    if (crowd !== -1) {
      const slots = frame.crowd(crowd);
      if (!this.spread(slots)) this.choose(x, y, slots);
      return;
    }
    const slot = frame.pick(x, y, reach);
    const cell = slot === -1 ? this.markers.cellAt(x, y) : null;
    if (cell) {
      this.approach(cell.lon, cell.lat);
      return;
    }
    const together = slot === -1 ? [] : frame.around(slot, SAME_PLACE_PX);
    if (together.length > 1) this.choose(x, y, together);
    else this.take(slot === -1 ? null : this.devices.ids[slot], several);
  }

  private take(id: string | null, several: boolean): void {
    if (several && id !== null) this.events.onWatch(id);
    else this.events.onPick(id);
  }

  private choose(x: number, y: number, slots: readonly number[]): void {
    const ids = slots.flatMap((slot) => this.devices.ids[slot] ?? []);
    this.events.onChoose({ x, y, ids });
  }

  /** The count pointed at, or -1: also where a mark is more likely to be meant. */
  private crowdAt(x: number, y: number): number {
    const { frame } = this.markers;
    const crowd = frame.crowds.pick(x, y);
    return crowd !== -1 && frame.pick(x, y, ON_MARK_PX) === -1 ? crowd : -1;
  }
}
