// Mosquitto alone: devices by MQTT, browsers as MQTT clients over its WebSockets.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../parts.mjs';

export const MOSQUITTO = { command: '/usr/sbin/mosquitto', packageName: 'mosquitto' };

/** What every Mosquitto here is set to: nothing stored, sent at once, nothing dropped in a queue. */
export const SETTINGS = `
persistence false
allow_anonymous true
max_queued_messages 0
set_tcp_nodelay true
sys_interval 0
log_dest stderr
log_type error
log_type warning
`;

export async function start(parts, folder) {
  const [mqtt, http] = await freePorts(2);
  const file = join(folder, 'mosquitto.conf');
  writeFileSync(file, `${SETTINGS}listener ${mqtt} 127.0.0.1\nlistener ${http} 127.0.0.1\nprotocol websockets\n`);
  await parts.run({ ...MOSQUITTO, name: 'mosquitto', args: ['-c', file], port: http });
  return { mqtt, http };
}
