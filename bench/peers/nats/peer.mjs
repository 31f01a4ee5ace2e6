// NATS alone: devices by its MQTT, browsers by its own protocol over its WebSockets.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../parts.mjs';

export async function start(parts, folder) {
  const [nats, mqtt, http] = await freePorts(3);
  const file = join(folder, 'nats.conf');
  // Most of the bench's browsers only count what they read, and would not answer a ping within a run.
  // Its MQTT keeps sessions in JetStream, and must have a server name; positions at QoS 0 never enter a stream.
  writeFileSync(
    file,
    `server_name: bench
host: 127.0.0.1
port: ${nats}
ping_interval: "10m"
jetstream { store_dir: ${JSON.stringify(join(folder, 'jetstream'))} }
mqtt { host: 127.0.0.1, port: ${mqtt} }
websocket { host: 127.0.0.1, port: ${http}, no_tls: true, compression: false }
`,
  );
  await parts.run({
    name: 'nats',
    command: '/usr/sbin/nats-server',
    packageName: 'nats-server',
    args: ['-c', file],
    port: http,
  });
  return { mqtt, http };
}
