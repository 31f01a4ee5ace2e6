import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { NO_EVENTS, fakeApi } from '../testing/fakeApi';
import { renderInRoom } from '../testing/room';
import { ALL } from './filter';
import { UnitList } from './UnitList';

function shown(text = '') {
  fakeApi(() => NO_EVENTS);
  const chosen: string[] = [];
  const room = renderInRoom(
    <UnitList
      text={text}
      filter={ALL}
      selected={null}
      inView={() => true}
      whereabouts={null}
      onFilter={() => undefined}
      onSelect={(id) => { chosen.push(id); }}
    />,
  );
  return { ...room, chosen };
}

const fleet = Array.from({ length: 600 }, (_, i) => ({
  id: `u${String(i)}`, timestamp: 1_000, received: 1_000, name: `V-${String(i)}`, kind: 'vehicle', state: 'moving', lat: 47, lon: 9.5, speed: 10,
}));

describe('the unit list', () => {
  it('says what to do when there is no unit yet, which it claims only once a snapshot has come', async () => {
    const { world } = shown();
    expect(screen.getByText(/is not known yet/)).toBeTruthy();
    expect(screen.queryByText(/No units yet/)).toBeNull();
    act(() => { world.goLive(); });
    expect(await screen.findByText(/No units yet/)).toBeTruthy();
    expect(screen.queryByText(/is not known yet/)).toBeNull();
  });

  it('has only the rows on the screen in the page, of any number of units', async () => {
    const { world } = shown();
    act(() => { world.goLive(fleet); });
    const rows = await within(screen.getByRole('listbox')).findAllByRole('option', {}, { timeout: 2_500 });
    expect(rows.length).toBeLessThan(40);
    expect(rows[0].getAttribute('aria-setsize')).toBe('600');
    expect(rows[0].textContent).toContain('36 km/h');
  });

  it('a row is chosen by a click, and by the keyboard', async () => {
    const { world, chosen } = shown();
    act(() => { world.goLive(fleet); });
    const rows = await within(screen.getByRole('listbox')).findAllByRole('option', {}, { timeout: 2_500 });
    await userEvent.click(rows[2]);
    screen.getByRole('listbox').focus();
    await userEvent.keyboard('{ArrowDown}{End}');
    expect(chosen).toEqual(['u2', 'u0', 'u599']);
  });

  it('a search that finds nothing says so', async () => {
    const { world } = shown('zebra');
    act(() => { world.goLive(fleet); });
    expect(await screen.findByText('No unit matches “zebra”.', {}, { timeout: 2_500 })).toBeTruthy();
  });
});
