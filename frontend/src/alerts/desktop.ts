export type DesktopState = NotificationPermission | 'unavailable';

export interface DesktopNote {
  readonly title: string;
  readonly body: string;
  /** A second note with the same key replaces the first. */
  readonly key: string;
  readonly onClick: () => void;
}

/** Notifications of the desktop, for alarms while nobody looks at the page. On the browser's one thread. */
export class Desktop {
  private readonly observers = new Set<() => void>();

  constructor(private readonly maker: typeof Notification | null) {}

  state(): DesktopState {
    return this.maker ? this.maker.permission : 'unavailable';
  }

  observe(observer: () => void): () => void {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  }

  /** Asks the person; browsers want this to follow a click. */
  async ask(): Promise<void> {
    await this.maker?.requestPermission();
    for (const observer of this.observers) {
      observer();
    }
  }

  notify({ title, body, key, onClick }: DesktopNote): void {
    if (!this.maker || this.state() !== 'granted') {
      return;
    }
    try {
      const note = new this.maker(title, { body, tag: key, requireInteraction: true });
      note.onclick = () => {
        onClick();
        note.close();
      };
    } catch (error) {
      // Chrome on Android has notifications for service workers alone.
      console.warn('a desktop notification could not be shown', error);
    }
  }
}
