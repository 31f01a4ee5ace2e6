import { describe, expect, it } from 'vitest';
import { ServerClock } from './serverClock';

describe('the server’s clock', () => {
  it('knows nothing before the server’s first word', () => {
    expect(new ServerClock(() => 5).now()).toBeNull();
  });

  it('runs on by the monotonic clock, whatever the browser’s date says', () => {
    let monotonic = 100;
    const clock = new ServerClock(() => monotonic);
    clock.heard(1_000_000, 100);
    monotonic = 3_100;
    expect(clock.now()).toBe(1_003_000);
  });

  it('a frame that was held up does not set it back', () => {
    let monotonic = 0;
    const clock = new ServerClock(() => monotonic);
    clock.heard(1_000_000, 0);
    monotonic = 3_000;
    clock.heard(1_001_500, 3_000);
    expect(clock.now()).toBe(1_003_000);
  });

  it('follows a server whose clock was set back', () => {
    let monotonic = 0;
    const clock = new ServerClock(() => monotonic);
    clock.heard(1_000_000, 0);
    monotonic = 1_000;
    clock.heard(400_000, 1_000);
    expect(clock.now()).toBe(400_000);
  });
});
