import { describe, expect, it } from 'vitest';
import { Connection } from './driver';
import { FakeWorld } from '../testing/fakeWorld';

function started() {
  const world = new FakeWorld();
  const connection = new Connection(world);
  const phases: string[] = [];
  connection.observe(() => phases.push(connection.current().phase));
  connection.start();
  return { world, connection, phases };
}

describe('the connection’s driver', () => {
  it('observers see each change of phase once, and no mere heartbeat', () => {
    const { world, phases } = started();
    world.goLive();
    for (let i = 0; i < 10; i++) {
      world.pass(500);
      world.socket.says({ type: 'heartbeat', time: i });
    }
    expect(phases).toEqual(['connecting', 'live']);
  });

  it('sets one timer, however many frames come', () => {
    const { world } = started();
    world.goLive();
    for (let i = 0; i < 100; i++) {
      world.pass(10);
      world.socket.says({ type: 'heartbeat', time: i });
    }
    expect(world.timersSet).toBe(1);
  });

  it('goes stale, drops the silent socket, and comes back by itself', () => {
    const { world, phases } = started();
    world.goLive();
    world.pass(2_000);
    expect(phases).toEqual(['connecting', 'live', 'stale']);
    world.pass(4_000);
    expect(world.sockets[0].closed).toBe(true);
    world.pass(2_500);
    expect(world.sockets).toHaveLength(2);
    world.goLive();
    expect(phases).toEqual(['connecting', 'live', 'stale', 'waiting', 'connecting', 'live']);
  });

  it('a late word of a socket that was given up changes nothing', () => {
    const { world, connection } = started();
    world.goLive();
    world.pass(9_000);
    world.goLive();
    world.sockets[0].onclose?.({ code: 4403 });
    world.sockets[0].says({ type: 'reconnect', afterMs: 1, reason: 'x' });
    expect(connection.current().phase).toBe('live');
  });

  it('what is said before the socket is open is dropped: it has lost its meaning', () => {
    const { world, connection } = started();
    connection.send({ type: 'visible', visible: false });
    world.goLive();
    connection.send({ type: 'drawn', n: 1 });
    world.socket.onclose?.({ code: 1006 });
    connection.send({ type: 'drawn', n: 2 });
    expect(world.sockets[0].sent.slice(1)).toEqual([{ type: 'drawn', n: 1 }]);
  });

  it('counts what it can’t parse, and goes on', () => {
    const { world, connection } = started();
    world.goLive();
    world.socket.onmessage?.({ data: 'not JSON' });
    world.socket.says({ type: 'heartbeat' });
    expect([...connection.refused.values()]).toEqual([1, 1]);
    expect(connection.current().phase).toBe('live');
  });

  it('leaves no timer and no socket when stopped', () => {
    const { world, connection } = started();
    world.goLive();
    connection.stop();
    expect(world.timersSet).toBe(0);
    expect(world.socket.closed).toBe(true);
  });
});
