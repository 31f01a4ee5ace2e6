import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { NO_EVENTS, fakeApi } from '../testing/fakeApi';
import { renderInRoom } from '../testing/room';
import { FreshnessPill } from './FreshnessPill';
import { Notices } from './Notices';

function shown() {
  fakeApi(() => NO_EVENTS);
  const room = renderInRoom(<><FreshnessPill /><Notices /></>);
  return { ...room, phase: () => screen.getByTestId('freshness').getAttribute('data-phase') };
}

describe('what the page says of its own freshness', () => {
  it('connecting, live, then stale after 2 s of silence, then live again', () => {
    const { world, phase } = shown();
    expect(phase()).toBe('connecting');
    act(() => { world.goLive(); });
    expect(screen.getByText('Live')).toBeTruthy();
    act(() => { world.pass(2_000); });
    expect(phase()).toBe('stale');
    expect(screen.getByText('no word from the server')).toBeTruthy();
    expect(screen.getByText(/They may have moved/)).toBeTruthy();
    act(() => { world.socket.says({ type: 'heartbeat', time: 5 }); });
    expect(phase()).toBe('live');
  });

  it('an address that may not be used, and the setting that allows it, until a connection is made', async () => {
    let allowed = false;
    fakeApi((path) =>
      path === '/live' && !allowed
        ? { status: 403, body: { error: 'origin-not-allowed', detail: 'this origin is not allowed' } }
        : NO_EVENTS,
    );
    const { world } = renderInRoom(<><FreshnessPill /><Notices /></>);
    act(() => { world.socket.onclose?.({ code: 1006 }); });
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain(location.origin);
    expect(alert.textContent).toContain('gateway.allowed-origins');
    expect(screen.getByTestId('freshness').textContent).toContain('refused, trying again in');
    allowed = true;
    act(() => { world.pass(5_000); });
    act(() => { world.goLive(); });
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('a link that is lost is no refusal', async () => {
    const calls = fakeApi(() => NO_EVENTS);
    const { world } = renderInRoom(<><FreshnessPill /><Notices /></>);
    act(() => { world.socket.onclose?.({ code: 1006 }); });
    await waitFor(() => { expect(calls.some(({ path }) => path === '/live')).toBe(true); });
    await act(async () => { await Promise.resolve(); });
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByTestId('freshness').textContent).toContain('link lost, trying again');
  });

  it('a refusal for good is loud, and offers to connect again', () => {
    const { world, phase } = shown();
    act(() => { world.goLive(); });
    act(() => { world.socket.onclose?.({ code: 4401 }); });
    expect(phase()).toBe('closed');
    expect(screen.getByRole('alert').textContent).toContain('you are signed out');
    act(() => { screen.getByRole('button', { name: 'Connect again' }).click(); });
    expect(phase()).toBe('connecting');
  });
});
