import { act } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { NO_EVENTS, fakeApi } from '../testing/fakeApi';
import { renderInRoom } from '../testing/room';
import { useRetired } from './useRetired';

function Watcher({ onRetired }: { onRetired: () => void }) {
  useRetired('d', onRetired);
  return null;
}

const unit = (id: string) => ({ id, timestamp: 1, lat: 47, lon: 9.5 });

describe('a selected unit', () => {
  it.each([
    ['with the last part of a snapshot that is without it', (says: (message: unknown) => void) => {
      says({ type: 'snapshot', devices: [unit('a')], more: true });
    }, { type: 'snapshot', devices: [unit('b')], more: false }],
    ['with its removal', () => undefined, { type: 'remove', devices: ['d'] }],
  ])('is given up %s, not before', (_how, begin, last) => {
    fakeApi(() => NO_EVENTS);
    let retired = 0;
    const { world } = renderInRoom(<Watcher onRetired={() => { retired++; }} />);
    act(() => { world.goLive([unit('d'), unit('a')]); });
    act(() => { begin((message) => { world.socket.says(message); }); });
    expect(retired).toBe(0);
    act(() => { world.socket.says(last); });
    expect(retired).toBe(1);
  });
});
