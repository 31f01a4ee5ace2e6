import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { NO_EVENTS, fakeApi } from '../testing/fakeApi';
import { renderInRoom } from '../testing/room';
import { ALL } from './filter';
import { UnitTable } from './UnitTable';

const opened: string[] = [];

function Table() {
  const [text, setText] = useState('');
  const [filter, setFilter] = useState(ALL);
  const [selected, setSelected] = useState<string | null>(null);
  return (
    <UnitTable
      text={text}
      filter={filter}
      selected={selected}
      inView={(lon) => lon > 9.5}
      whereabouts={null}
      onText={setText}
      onFilter={setFilter}
      onSelect={setSelected}
      onOpen={(id) => opened.push(id)}
    />
  );
}

const unit = (i: number) => ({
  id: `u${String(i)}`, timestamp: 1_000, received: 1_000, name: `V-${String(i)}`, kind: i % 2 ? 'vehicle' : 'sensor',
  groups: i % 3 ? [] : ['north'], state: i === 7 ? 'offline' : 'moving', lat: 47, lon: 9.4 + i / 1_000, speed: i, battery: i % 100,
});

async function shown(count = 240) {
  fakeApi(() => NO_EVENTS);
  const { world } = renderInRoom(<Table />);
  act(() => { world.goLive(Array.from({ length: count }, (_, i) => unit(i))); });
  await waitFor(() => { expect(document.querySelector('.cell-name')).toBeTruthy(); }, { timeout: 2_500 });
  return () => [...document.querySelectorAll('.cell-name')].map((cell) => cell.textContent.trim());
}

describe('the table of units', () => {
  it('has only the rows on the screen in the page, and says how many there are', async () => {
    const names = await shown();
    expect(names().length).toBeLessThan(60);
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('241');
    expect(screen.getByText('240')).toBeTruthy();
  });

  it('sorts by a press on a head, and the other way by another', async () => {
    const names = await shown();
    await userEvent.click(screen.getByText('Speed'));
    expect(names()[0]).toBe('V-239');
    expect(screen.getByText('Speed').closest('[role=columnheader]')?.getAttribute('aria-sort')).toBe('descending');
    await userEvent.click(screen.getByText('Speed'));
    expect(names()[0]).toBe('V-0');
  });

  it('filters by text, kind, state, battery, group and what the map shows', async () => {
    const names = await shown();
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Battery' }), 'Battery ≤ 20 %');
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Group' }), 'north');
    await userEvent.click(screen.getByRole('button', { name: 'Vehicles' }));
    expect(names()).toEqual(['V-3', 'V-9', 'V-15', 'V-105', 'V-111', 'V-117', 'V-201', 'V-207', 'V-213', 'V-219']);
    await userEvent.click(screen.getByRole('button', { name: 'In view' }));
    expect(names()[0]).toBe('V-105');
    await userEvent.type(screen.getByRole('searchbox'), 'v-21');
    expect(names()).toEqual(['V-213', 'V-219']);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'State' }), 'Offline');
    expect(screen.getByText('No unit matches “v-21”.')).toBeTruthy();
  });

  it('a row is chosen with the arrow keys and opened on the map with Enter', async () => {
    await shown(20);
    await userEvent.click(screen.getByRole('button', { name: 'Unit' }));
    screen.getByRole('grid').focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(opened).toEqual(['u1']);
    expect(screen.getByRole('row', { selected: true }).textContent).toContain('V-1');
  });
});
