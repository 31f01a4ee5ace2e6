import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLOSE_CODES, comesBack } from './closeCodes';
import type { ClientMessage, ServerMessage } from './messages';
import { parseServerMessage } from './parse';

const samples = resolve(__dirname, '../../../wire-samples');
const sample = (path: string) => readFileSync(resolve(samples, path), 'utf8');
const server = readdirSync(resolve(samples, 'server'));

describe('the golden samples', () => {
  it.each(server)('server/%s parses, and nothing that the page knows of is lost', (file) => {
    const frame = sample(`server/${file}`);
    const raw = JSON.parse(frame) as Record<string, unknown>;
    const parsed = JSON.parse(JSON.stringify(parseServerMessage(frame))) as Record<string, unknown>;
    expect(raw).toMatchObject(parsed);
    expect(Object.keys(parsed).sort()).toEqual(Object.keys(raw).sort());
  });

  it('hold every message that the page can receive', () => {
    const types = new Set(server.map((file) => parseServerMessage(sample(`server/${file}`)).type));
    const all: readonly ServerMessage['type'][] = [
      'welcome', 'snapshot', 'update', 'pending', 'events', 'unrecorded', 'acknowledged',
      'gap', 'remove', 'cells', 'health', 'heartbeat', 'reconnect', 'error',
    ];
    expect([...types].sort()).toEqual([...all].sort());
  });

  it('a field that became absent is null, one that is unchanged is missing', () => {
    const update = parseServerMessage(sample('server/update.json'));
    expect(update.type === 'update' && update.devices[0].heading).toBeNull();
    expect(update.type === 'update' && update.devices[1].heading).toBeUndefined();
  });

  it.each(['subscribe-all', 'subscribe-since', 'drawn', 'visible'])('client/%s.json is what the page writes', (name) => {
    const written: Record<string, ClientMessage> = {
      'subscribe-all': { type: 'subscribe', devices: 'all', events: { since: null } },
      'subscribe-since': { type: 'subscribe', devices: 'all', events: { since: 'e1-2s' } },
      drawn: { type: 'drawn', n: 412 },
      visible: { type: 'visible', visible: false },
    };
    expect(JSON.stringify(written[name])).toBe(sample(`client/${name}.json`).trim());
  });

  it('the close codes are the server’s', () => {
    const ours = CLOSE_CODES.map(({ code, reason, reconnect }) => ({ code, reason, reconnect }));
    expect(ours).toEqual(JSON.parse(sample('close-codes.json')));
    for (const { code, reconnect } of ours) {
      expect(comesBack(code)).toBe(reconnect);
    }
  });

  it('every state that the gateway’s rule gives is one that the page knows', () => {
    const cases = JSON.parse(sample('device-state.json')) as { state: string }[];
    expect(cases.length).toBeGreaterThan(0);
    for (const { state } of cases) {
      const update = { type: 'update', n: 1, devices: [{ id: 'a', timestamp: 1, state }] };
      expect(parseServerMessage(JSON.stringify(update))).toMatchObject(update);
    }
  });

  it('a code that nobody listed is the network’s: the page comes back', () => {
    expect(comesBack(1006)).toBe(true);
  });
});


describe('a bad message is refused with the field that is wrong', () => {
  it.each([
    ['', 'not JSON'],
    ['[]', 'message is not an object'],
    ['{"type":"later"}', 'unknown type'],
    ['{"type":"heartbeat","time":"now"}', 'time is not a number'],
    ['{"type":"update","n":1,"devices":[{"id":"a","timestamp":1,"lat":91,"lon":0}]}', 'lat is out of range'],
    ['{"type":"update","n":1,"devices":[{"timestamp":1}]}', 'id is not a string'],
    ['{"type":"snapshot","devices":[{"id":"a","timestamp":1,"state":"gone"}],"more":false}', "state is 'gone'"],
    ['{"type":"events","events":[]}', 'cursor is not a string'],
    ['{"type":"health","state":"stale","since":1,"reason":5}', 'reason is not a string'],
  ])('%s', (frame, problem) => {
    expect(() => parseServerMessage(frame)).toThrow(problem);
  });
});
