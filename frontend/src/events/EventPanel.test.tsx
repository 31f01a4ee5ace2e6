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
  const room = renderInRoom(<EventPanel whereabouts={null} onShow={() => undefined} />);
  act(() => { room.world.goLive([{ id: 'd', timestamp: 1, name: 'V-342' }]); });
  return { ...room, calls };
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
    expect(document.title).toBe('(1) Sightline');
  });

  it('the key A acknowledges; the card goes when the log says by whom', async () => {
    const { world, calls } = shown((_path, method) => (method === 'POST' ? new Promise<never>(() => undefined) : NO_EVENTS));
    act(() => { world.socket.says({ type: 'events', events: [panic], cursor: '1.1' }); });
    await screen.findByRole('article');
    await userEvent.keyboard('a');
    expect(calls.at(-1)).toEqual({ method: 'POST', path: '/api/v1/devices/d/events/e1/acknowledge' });
    expect(screen.getByRole('button', { name: /Acknowledging/ })).toBeTruthy();
    act(() => {
      world.socket.says({ type: 'acknowledged', device: 'd', event: 'e1', by: 'dispatcher 4', time: 1, cursor: '1.2' });
    });
    await screen.findByText(/acknowledged .*, dispatcher 4/);
    expect(screen.queryByRole('article')).toBeNull();
    expect(document.title).toBe('Sightline');
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
});
