// node bridge.mjs MQTT_PORT REDIS_PORT: what devices publish goes to Redis: to Pub/Sub, and a position also to the
// hash of hot data. Takes no more from the broker while Redis has too much unanswered.
import { connectAsync } from 'mqtt';
import { createClient } from 'redis';

const MOST_UNANSWERED = 10_000;

const [mqttPort, redisPort] = process.argv.slice(2);
const redis = await createClient({ socket: { host: '127.0.0.1', port: Number(redisPort) } }).connect();
let unanswered = 0;
let resume = null;

// The client sends all commands of one turn of the loop in one write.
function send(command) {
  unanswered++;
  command.catch((failure) => console.error(`redis: ${failure.message}`)).finally(answered);
}

function answered() {
  unanswered--;
  if (resume !== null && unanswered < MOST_UNANSWERED / 2) {
    const go = resume;
    resume = null;
    go();
  }
}

function publish(topic, payload) {
  const [, deviceId, type] = topic.split('/');
  const update = JSON.stringify({ deviceId, type, ...JSON.parse(payload) });
  if (type === 'location') {
    send(redis.hSet('locations', deviceId, update));
  }
  send(redis.publish('device-updates', update));
}

const client = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, { clientId: 'bridge', clean: false });
client.handleMessage = (packet, done) => {
  try {
    publish(packet.topic, packet.payload);
  } catch (failure) {
    console.error(`${packet.topic}: ${failure.message}`);
  }
  if (unanswered < MOST_UNANSWERED) {
    done();
  } else {
    resume = done;
  }
};
await client.subscribeAsync({
  'devices/+/location': { qos: 0 },
  'devices/+/status': { qos: 1 },
  'devices/+/events': { qos: 1 },
});
process.once('SIGTERM', () => process.exit(0));
console.log('ready');
