import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { NO_EVENTS, fakeApi } from '../testing/fakeApi';
import { renderInRoom } from '../testing/room';
import { EventPanel } from './EventPanel';

const panic = {
  id: 'e1', device: 'd', timestamp: 1, received: 1, type: 'alert', severity: 'critical', message: 'Panic button',
};

function shown(answer: Parameters<typeof fakeApi>[0] = () => NO_EVENTS) {
  const calls = fakeApi(answer);
  const units: string[] = [];
  const room = renderInRoom(<EventPanel whereabouts={null} onShow={() => undefined} onUnit={(id) => { units.push(id); }} />);
  act(() => { room.world.goLive([{ id: 'd', timestamp: 1, name: 'V-342' }]); });
  return { ...room, calls, units };
}

describe('the event panel', () => {
  it('an alarm is one card with what and who, marked until it is recorded', async () => {
    const { world } = shown();
    act(() => { world.socket.says({ type: 'pending', events: [panic] }); });
    const card = await screen.findByRole('article', { name: 'Alarm: Panic button, V-342' });
    expect(within(card).getByText('not yet recorded')).toBeTruthy();
    act(() => { world.socket.says({ type: 'events', events: [panic], cursor: '1.1' }); });
    await waitFor(() => { expect(screen.queryByText('not yet recorded')).toBeNull(); });
    expect(screen.getAllByRole('article')).toHaveLength(1);
    expect(screen.queryByRole('listitem')).toBeNull();
  });

  it('one press acknowledges; the card goes when the log says by whom', async () => {
    const { world, calls } = shown((_path, method) => (method === 'POST' ? new Promise<never>(() => undefined) : NO_EVENTS));
    act(() => { world.socket.says({ type: 'events', events: [panic], cursor: '1.1' }); });
    await userEvent.click(await screen.findByRole('button', { name: /^Acknowledge/ }));
    expect(calls.at(-1)).toMatchObject({ method: 'POST', path: '/api/v1/devices/d/events/e1/acknowledge' });
    expect(screen.getByRole('button', { name: /Acknowledging/ })).toBeTruthy();
    act(() => {
      world.socket.says({ type: 'acknowledged', device: 'd', event: 'e1', by: 'dispatcher 4', time: 1, cursor: '1.2' });
    });
    await screen.findByText(/acknowledged .*, dispatcher 4/);
    expect(screen.queryByRole('article')).toBeNull();
  });

  it('a refusal is shown with the server’s reason, and can be tried again', async () => {
    const { world } = shown((_path, method) =>
      method === 'POST' ? { status: 503, body: { detail: 'history does not answer' } } : NO_EVENTS,
    );
    act(() => { world.socket.says({ type: 'events', events: [panic], cursor: '1.1' }); });
    await userEvent.click(await screen.findByRole('button', { name: /^Acknowledge/ }));
    expect(await screen.findByText('Not acknowledged: history does not answer')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Acknowledge/ }).disabled).toBe(false);
  });

  it('an event that the store refused stays, and says so', async () => {
    const { world } = shown();
    act(() => {
      world.socket.says({ type: 'pending', events: [{ ...panic, severity: 'warning' }] });
      world.socket.says({ type: 'unrecorded', device: 'd', event: 'e1', reason: 'store' });
    });
    expect(await screen.findByText('not recorded: store')).toBeTruthy();
  });

  it('counts what is unread until it is marked read', async () => {
    const { world } = shown();
    act(() => { world.socket.says({ type: 'events', events: [{ ...panic, severity: 'info' }], cursor: '1.1' }); });
    await userEvent.click(await screen.findByRole('button', { name: '1 unread' }));
    await waitFor(() => { expect(screen.queryByText(/unread/)).toBeNull(); });
  });

  it('a note goes with the acknowledgement, and stands in the log with who and when', async () => {
    const { world, calls } = shown((_path, method) =>
      method === 'POST'
        ? { body: { device: 'd', event: 'e1', by: 'local', time: 1, note: 'ambulance sent', cursor: '1.2' } }
        : NO_EVENTS,
    );
    act(() => { world.socket.says({ type: 'events', events: [panic], cursor: '1.1' }); });
    await userEvent.type(await screen.findByLabelText('Note to Panic button'), 'ambulance sent{Enter}');
    expect(calls.at(-1)).toMatchObject({ method: 'POST', body: '{"note":"ambulance sent"}' });
    expect(await screen.findByText('ambulance sent')).toBeTruthy();
    expect(screen.getByText(/acknowledged .*, local/)).toBeTruthy();
    expect(screen.queryByRole('article')).toBeNull();
  });

  it('says who is near, with the distance, and leads there', async () => {
    const { world, units } = shown();
    act(() => {
      world.goLive([
        { id: 'd', timestamp: 1, lat: 47.14, lon: 9.52, state: 'stopped' },
        { id: 'far', timestamp: 1, name: 'V-9', lat: 47.16, lon: 9.52, state: 'moving' },
        { id: 'near', timestamp: 1, name: 'V-8', lat: 47.1433, lon: 9.52, state: 'stopped' },
        { id: 'gone', timestamp: 1, name: 'V-7', lat: 47.14, lon: 9.52, state: 'offline' },
      ]);
      world.socket.says({ type: 'events', events: [panic], cursor: '1.1' });
    });
    const card = await screen.findByRole('article');
    const near = within(card).getAllByRole('button', { name: /^V-/ });
    expect(near.map((button) => button.textContent)).toEqual(['V-8 370 m', 'V-9 2.2 km']);
    await userEvent.click(near[0]);
    expect(units).toEqual(['near']);
  });

  it('a new alarm moves none that stands: the oldest stays first, and none is hidden', async () => {
    const { world } = shown();
    const alarm = (i: number) => ({ ...panic, id: `e${String(i)}`, received: i, message: `Panic ${String(i)}` });
    act(() => { world.socket.says({ type: 'events', events: [1, 2, 3, 4, 5].map(alarm), cursor: '1.1' }); });
    await waitFor(() => { expect(screen.getAllByRole('article')).toHaveLength(5); });
    expect(screen.getAllByRole('article')[0].getAttribute('aria-label')).toBe('Alarm: Panic 1, V-342');
    act(() => { world.socket.says({ type: 'events', events: [alarm(6)], cursor: '1.2' }); });
    await waitFor(() => { expect(screen.getAllByRole('article')).toHaveLength(6); });
    expect(screen.getAllByRole('article')[0].getAttribute('aria-label')).toBe('Alarm: Panic 1, V-342');
    expect(screen.getByText('6 alarms, the oldest first')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'V-342 Panic 6' }));
    expect(screen.getByLabelText('Note to Panic 6')).toBeTruthy();
  });

  it('filters by severity and by text', async () => {
    const { world } = shown();
    const events = [
      { ...panic, id: 'w', severity: 'warning', message: 'Speeding' },
      { ...panic, id: 'i', severity: 'info', message: 'Light bar on' },
    ];
    act(() => { world.socket.says({ type: 'events', events, cursor: '1.1' }); });
    await screen.findByText(/Light bar on/);
    await userEvent.click(screen.getByRole('button', { name: 'Warnings' }));
    expect(screen.getAllByRole('listitem').map((row) => row.dataset.event)).toEqual(['d/w']);
    await userEvent.click(screen.getByRole('button', { name: 'All' }));
    await userEvent.type(screen.getByRole('searchbox', { name: 'Filter events' }), 'light');
    expect(screen.getAllByRole('listitem').map((row) => row.dataset.event)).toEqual(['d/i']);
    await userEvent.type(screen.getByRole('searchbox', { name: 'Filter events' }), 'zebra');
    expect(screen.getByText('No event matches this filter.')).toBeTruthy();
  });

  it('older events come from history, a page at a time, down to the first', async () => {
    const { calls } = shown((path) => {
      const old = (id: string) => ({ ...panic, id, severity: 'info', message: `Old ${id}` });
      if (path.includes('cursor=p2')) return { body: { items: [old('c')], next: null } };
      return path.includes('severity') ? NO_EVENTS : { body: { items: [old('a')], next: 'p2' } };
    });
    await screen.findByText(/Old a/);
    await userEvent.click(screen.getByRole('button', { name: 'Show older' }));
    expect(await screen.findByText(/Old c/)).toBeTruthy();
    expect(screen.getByText('This is the first event in history.')).toBeTruthy();
    expect(calls.filter((call) => call.path.includes('cursor=p2'))).toHaveLength(1);
  });
});
