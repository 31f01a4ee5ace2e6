import { randomUUID } from 'node:crypto';
import { connectAsync } from 'mqtt';

export const BASE_URL = process.env.BASE_URL ?? 'http://127.0.0.1:8080';
const MQTT_URL = process.env.MQTT_URL ?? 'mqtt://127.0.0.1:1883';

/** An id that no other run has used. */
export function freshId(what: string): string {
  return `e2e-${what}-${randomUUID().slice(0, 8)}`;
}

export interface Field {
  publish(topic: string, payload: object): Promise<void>;
  close(): Promise<void>;
}

/** The field's side: a stock MQTT client, or, against the development server, its HTTP door. */
export async function field(broker = MQTT_URL): Promise<Field> {
  if (broker.startsWith('http')) {
    return {
      publish: async (topic, payload) => {
        const url = new URL(`/dev/publish?topic=${encodeURIComponent(topic)}`, broker);
        await fetch(url, { method: 'POST', body: JSON.stringify(payload) });
      },
      close: () => Promise.resolve(),
    };
  }
  const client = await connectAsync(broker, { protocolVersion: 5, clean: true });
  return {
    publish: async (topic, payload) => {
      await client.publishAsync(topic, JSON.stringify(payload), { qos: 1 });
    },
    close: () => client.endAsync(),
  };
}

export async function inTheField<T>(act: (publish: Field['publish']) => Promise<T>): Promise<T> {
  const open = await field();
  try {
    return await act((topic, payload) => open.publish(topic, payload));
  } finally {
    await open.close();
  }
}

/** Acknowledges every alarm that stands, so that a test's own is the first. */
export async function acknowledgeAll(): Promise<void> {
  const answer = await fetch(new URL('/api/v1/events?severity=critical&limit=1000', BASE_URL));
  const { items } = (await answer.json()) as { items: { id: string; device: string; acknowledged?: object }[] };
  for (const { id, device } of items.filter((event) => !event.acknowledged)) {
    await fetch(new URL(`/api/v1/devices/${device}/events/${id}/acknowledge`, BASE_URL), { method: 'POST' });
  }
}
