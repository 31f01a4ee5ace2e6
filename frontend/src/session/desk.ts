import type { Alerts } from '../alerts/alerts';
import type { Live } from '../live';
import type { Session } from './session';

/** All that one person's room consists of, running until it is closed. */
export interface OpenRoom {
  readonly live: Live;
  /** Null where nothing is to be heard. */
  readonly alerts: Alerts | null;
  close(): void;
}

/**
 * The room of who is signed in, and none while nobody is. It is made anew with each sign-in, so that nobody
 * finds what another has seen. Lives outside React, on the browser's one thread.
 */
export class Desk {
  private room: OpenRoom | null = null;
  private unwatch: () => void = () => undefined;

  constructor(
    private readonly session: Session,
    private readonly open: () => OpenRoom,
  ) {}

  start(): void {
    this.session.observe(() => { this.fit(); });
    this.fit();
  }

  current(): OpenRoom | null {
    return this.room;
  }

  private fit(): void {
    const isIn = this.session.current().phase === 'in';
    if (isIn && !this.room) {
      this.room = this.open();
      this.unwatch = this.session.watch(this.room.live.connection);
    } else if (!isIn && this.room) {
      this.unwatch();
      this.room.close();
      this.room = null;
    }
  }
}
