import { cleanup, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, vi } from 'vitest';
import { Live } from '../live';
import { LiveContext } from '../useLive';
import { FakeWorld } from './fakeWorld';

class NoObserver {
  observe(): void { /* jsdom lays nothing out */ }
  disconnect(): void { /* nothing to undo */ }
}

/** Renders a part of the page in a live room whose server the test plays. */
export function renderInRoom(part: ReactNode) {
  vi.stubGlobal('ResizeObserver', NoObserver);
  const world = new FakeWorld();
  const live = new Live(world);
  live.start();
  const view = render(<LiveContext value={live}>{part}</LiveContext>);
  return { world, live, view };
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});
