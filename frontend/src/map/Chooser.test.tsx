import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { NO_EVENTS, fakeApi } from '../testing/fakeApi';
import { renderInRoom } from '../testing/room';
import { Chooser } from './Chooser';

const choice = { x: 10, y: 10, ids: ['b', 'a', 'c'] };

function open() {
  fakeApi(() => NO_EVENTS);
  const onPick = vi.fn();
  const onClose = vi.fn();
  const { world } = renderInRoom(<Chooser choice={choice} onPick={onPick} onClose={onClose} />);
  return { onPick, onClose, world };
}

it('names every unit in the place, alarms first, and gives the one that is chosen', async () => {
  const { onPick, world } = open();
  world.goLive([
    { id: 'a', timestamp: 1, name: 'V-10', kind: 'vehicle', state: 'moving' },
    { id: 'b', timestamp: 1, name: 'V-9', kind: 'camera', state: 'stale' },
    { id: 'c', timestamp: 1, name: 'V-90', kind: 'sensor', state: 'stopped', alarm: true },
  ]);
  await screen.findByRole('dialog', { name: '3 units in this place' }, { timeout: 3_000 });
  const names = screen.getAllByRole('listitem').map((item) => item.querySelector('strong')?.textContent);
  expect(names).toEqual(['V-90', 'V-9', 'V-10']);
  await userEvent.click(screen.getByRole('button', { name: /V-10/ }));
  expect(onPick).toHaveBeenCalledWith('a');
});

it('is walked with the arrow keys, and left with Escape', async () => {
  const { onPick, onClose, world } = open();
  world.goLive([{ id: 'a', timestamp: 1, name: 'one' }, { id: 'b', timestamp: 1, name: 'two' }]);
  await screen.findByRole('dialog', { name: '2 units in this place' }, { timeout: 3_000 });
  screen.getByRole('button', { name: /one/ }).focus();
  await userEvent.keyboard('{ArrowDown}');
  expect(document.activeElement).toBe(screen.getByRole('button', { name: /two/ }));
  await userEvent.keyboard('{Enter}');
  expect(onPick).toHaveBeenCalledWith('b');
  await userEvent.keyboard('{Escape}');
  expect(onClose).toHaveBeenCalled();
});
