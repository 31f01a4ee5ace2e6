import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { fakeApi } from '../testing/fakeApi';
import { renderInRoom } from '../testing/room';
import { figureName, figureText } from './figures';
import HealthPage from './HealthPage';

vi.mock('../ui/Plot', () => ({ default: ({ name }: { name: string }) => <div role="img" aria-label={name} /> }));

const report = {
  time: 1_000, state: 'fresh', ready: false, notReady: ['recorder: behind'],
  parts: [
    { name: 'broker', state: 'up', ageMs: 120, figures: { clients: 603, inPerSecond: 1212.5 } },
    { name: 'gateway', instance: 'gateway-1', state: 'up', figures: { clients: 3 } },
    { name: 'gateway', instance: 'gateway-2', state: 'late', figures: { clients: 4 } },
    { name: 'history', state: 'down', figures: {} },
  ],
};
const hop = { p50: 0.4, p95: 2.25, max: 12 };
const latency = {
  intervalMs: 30_000, withinMs: 1_000, measured: 2, failed: 1, satisfied: 0.5,
  hops: { broker: hop, bridge: hop, gateway: null, total: hop },
  items: [{ time: 1_000, broker: 0.4, bridge: 0.9, gatewayHop: 0.8, total: 2.1 }, { time: 31_000, failed: 'bridge', broker: 0.5 }],
};

describe('the health page', () => {
  it('shows every part with its state in words, clients by instance, and latency by hop', async () => {
    fakeApi((path) => ({ body: path.includes('latency') ? latency : report }));
    renderInRoom(<HealthPage />);
    const parts = await screen.findByRole('list', { name: 'Parts' });
    await vi.waitFor(() => { expect(parts.children).toHaveLength(8); });
    const words = [...parts.children].map((part) => part.textContent);
    expect(words[0]).toContain('Broker');
    expect(words[0]).toContain('messages in1,213/s');
    expect(words[1]).toContain('gateway-1up');
    expect(words[2]).toContain('gateway-2late');
    expect(words[3]).toContain('does not answer');
    expect(words.slice(4)).toEqual(['Bridge', 'Bus', 'Recorder', 'Probe'].map((name) => expect.stringMatching(new RegExp(`^ ?${name}has not reported$`)) as string));
    expect(screen.getByText('Not ready: recorder: behind')).toBeTruthy();
    expect(await screen.findByText('50.00 % within 1000 ms, 1 failed in 6 h')).toBeTruthy();
    expect(screen.getByRole('row', { name: 'bridge and bus 0.4 ms 2.3 ms 12 ms' })).toBeTruthy();
    expect(screen.getByRole('row', { name: 'gateway – – –' })).toBeTruthy();
  });

  it('says what a clock would have removed, and the command that does', async () => {
    const parts = [{ name: 'recorder', state: 'up', figures: { retentionHeldDays: 31, retentionHeldEvents: 10_004 } }];
    fakeApi((path) => (path.includes('latency') ? { status: 404, body: {} } : { body: { ...report, parts } }));
    renderInRoom(<HealthPage />);
    expect((await screen.findByText(/sightline retention --apply/)).textContent).toContain('31 days of positions, 10004 events');
  });

  it('says when health can’t be read, and when nothing was measured', async () => {
    fakeApi((path) =>
      path.includes('latency') ? { status: 404, body: {} } : { status: 503, body: { detail: 'the gateway is stopping' } },
    );
    renderInRoom(<HealthPage />);
    expect((await screen.findByRole('alert')).textContent).toContain('the gateway is stopping');
    expect(screen.getByText(/probe has measured nothing yet/)).toBeTruthy();
  });

  it('gives a figure the unit that its name says, and shows one that it doesn’t know', () => {
    expect(figureText('lagMs', 12_000)).toBe('12.0 s');
    expect(figureText('broadcastMs', 0.41)).toBe('0.4 ms');
    expect(figureText('heapBytes', 83_886_080)).toBe('80 MiB');
    expect(figureName('flux')).toBe('flux');
    expect(figureText('flux', 7)).toBe('7');
  });
});
