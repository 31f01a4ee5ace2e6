import type { ServerClock } from '../connection/serverClock';
import type { DeviceStore } from '../devices/store';
import { SPANS } from '../unit/track';
import { TrackFeed } from '../unit/trackFeed';
import type { Track } from '../unit/trackFeed';
import type { MarkerLayer } from './markers';

/** The units whose trails are drawn: the selected one, and those watched beside it. Owned by the map. */
export class Watched {
  private readonly feeds = new Map<string, TrackFeed>();
  private selected: string | null = null;

  constructor(
    private readonly devices: DeviceStore,
    private readonly clock: ServerClock,
    private readonly markers: MarkerLayer,
  ) {}

  /** The selected unit's track is read by its panel; here it is only drawn. */
  showSelected(id: string | null, track: Track): void {
    if (this.selected !== null && this.selected !== id && !this.feeds.has(this.selected)) {
      this.markers.trails.hide(this.selected);
    }
    this.selected = id;
    if (id !== null) this.markers.trails.show(id, track);
    this.markers.trailed();
  }

  watch(ids: readonly string[]): void {
    for (const [id, feed] of this.feeds) {
      if (ids.includes(id)) continue;
      feed.close();
      this.feeds.delete(id);
      if (id !== this.selected) this.markers.trails.hide(id);
    }
    for (const id of ids) {
      if (!this.feeds.has(id)) this.follow(id);
    }
    this.markers.watch(new Set(ids));
  }

  close(): void {
    for (const feed of this.feeds.values()) feed.close();
    this.feeds.clear();
  }

  private follow(id: string): void {
    const feed = new TrackFeed(id, SPANS[0], this.devices, this.clock, (track) => {
      if (id === this.selected) return;
      this.markers.trails.show(id, track);
      this.markers.trailed();
    });
    this.feeds.set(id, feed);
    feed.start();
  }
}
