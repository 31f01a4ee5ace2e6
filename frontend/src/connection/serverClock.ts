const WINDOW = 30;
const STEP_MS = 5_000;

/**
 * The server's time, by its heartbeats and the browser's monotonic clock; the browser's own date is
 * never asked. A late frame can only make the server look slower, so the greatest of the last
 * differences is the truest.
 */
export class ServerClock {
  private readonly differences: number[] = [];
  private difference: number | null = null;

  constructor(private readonly monotonic: () => number) {}

  /** The server said `time` (epoch ms) in a frame that arrived at `receivedAt` (monotonic ms). */
  heard(time: number, receivedAt: number): void {
    const difference = time - receivedAt;
    if (this.difference !== null && this.difference - difference > STEP_MS) {
      // Too far back for a late frame: the server's clock was set.
      this.differences.length = 0;
    }
    this.differences.push(difference);
    if (this.differences.length > WINDOW) {
      this.differences.shift();
    }
    this.difference = Math.max(...this.differences);
  }

  /** Epoch ms, or null before the server's first word. */
  now(): number | null {
    return this.difference === null ? null : this.monotonic() + this.difference;
  }
}
