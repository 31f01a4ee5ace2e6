import { isVouched } from '../health/freshness';
import { isAlarm, isCritical } from '../events/feed';
import type { FeedEntry } from '../events/feed';
import type { Live } from '../live';
import { texts } from '../texts';
import type { Desktop } from './desktop';
import type { Sound, Tone } from './sound';

/** The tab as others see it while it is in the background. */
export interface Tab {
  title(text: string): void;
  icon(name: 'icon' | 'icon-alarm' | 'icon-stale'): void;
  /** Whether somebody looks at it. */
  watched(): boolean;
  /** Brings it to the front. */
  focus(): void;
}

/** A burst is one sound of each kind, not a hundred. */
const QUIET_MS = 1_500;
/** An alarm that stands is heard again for as long as it does. */
const REMIND_MS = 15_000;

/**
 * Makes alarms noticed by one who isn't looking: sound, desktop notification, the tab's title and icon.
 * Outside React, so that a hidden tab is as quick as a shown one; on the browser's one thread.
 */
export class Alerts {
  private onShow: (entry: FeedEntry) => void = () => undefined;
  private readonly soundedAt = new Map<Tone, number>();
  private readonly undo: (() => void)[] = [];
  private cancelReminder: (() => void) | null = null;

  constructor(
    private readonly live: Live,
    readonly sound: Sound,
    readonly desktop: Desktop,
    private readonly tab: Tab,
  ) {}

  start(): void {
    const { feed, connection } = this.live;
    this.undo.push(
      feed.onArrival((entry) => { this.arrived(entry); }),
      feed.observe(() => { this.show(); }),
      connection.observe(() => { this.show(); }),
    );
    this.show();
    this.remindLater();
  }

  stop(): void {
    this.cancelReminder?.();
    for (const undo of this.undo.splice(0)) {
      undo();
    }
  }

  /** Where a click on a notification goes. */
  showBy(onShow: (entry: FeedEntry) => void): void {
    this.onShow = onShow;
  }

  private arrived(entry: FeedEntry): void {
    this.play(toneOf(entry));
    if (isAlarm(entry) && !this.tab.watched()) {
      const who = this.live.devices.unitById(entry.device)?.name ?? entry.device;
      this.desktop.notify({
        title: texts.alerts.notification(entry.message ?? entry.type, who),
        body: texts.page.name,
        key: entry.key,
        onClick: () => {
          this.tab.focus();
          this.onShow(entry);
        },
      });
    }
  }

  private play(tone: Tone): void {
    const now = this.live.now();
    if (now - (this.soundedAt.get(tone) ?? -Infinity) >= QUIET_MS) {
      this.soundedAt.set(tone, now);
      this.sound.play(tone);
    }
  }

  private show(): void {
    const state = this.live.connection.current();
    const live = isVouched(state) || this.live.devices.end === 0;
    const alarms = this.live.feed.alarms().length;
    this.tab.title(texts.page.title(alarms, live));
    this.tab.icon(alarms > 0 ? 'icon-alarm' : live ? 'icon' : 'icon-stale');
  }

  private remindLater(): void {
    this.cancelReminder = this.live.after(REMIND_MS, () => {
      if (this.live.feed.alarms().length > 0) {
        this.play('critical');
      }
      this.remindLater();
    });
  }
}

function toneOf(entry: FeedEntry): Tone {
  if (isCritical(entry)) return entry.acknowledged ? 'info' : 'critical';
  return entry.severity === 'warning' ? 'warning' : 'info';
}
