// node websocket-server.mjs PORT REDIS_PORT: every update on Redis's channel goes to the browsers in the device's room,
// and to those that watch all; who comes gets the newest position of each device first.
import { createServer } from 'node:http';
import { createClient } from 'redis';
import { WebSocketServer } from 'ws';

const [port, redisPort] = process.argv.slice(2).map(Number);
const redis = await createClient({ socket: { host: '127.0.0.1', port: redisPort } }).connect();
const subscriber = await redis.duplicate().connect();
const everyone = new Set();
const rooms = new Map();

function room(deviceId) {
  if (!rooms.has(deviceId)) {
    rooms.set(deviceId, new Set());
  }
  return rooms.get(deviceId);
}

/** Made into bytes once, not for each browser. */
function broadcast(deviceId, message) {
  const bytes = Buffer.from(message);
  for (const set of [everyone, rooms.get(deviceId) ?? []]) {
    for (const ws of set) {
      ws.send(bytes, { binary: false });
    }
  }
}

async function snapshot(watched) {
  const newest = watched === null ? await redis.hVals('locations') : await redis.hmGet('locations', watched);
  return `{"type":"snapshot","devices":[${newest.filter((each) => each !== null).join(',')}]}`;
}

await subscriber.subscribe('device-updates', (message) => broadcast(JSON.parse(message).deviceId, message));

const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on('connection', async (ws, request) => {
  const devices = new URL(request.url, 'http://localhost').searchParams.get('devices') ?? 'all';
  const watched = devices === 'all' ? null : devices.split(',');
  const joined = watched === null ? [everyone] : watched.map(room);
  ws.on('error', () => ws.terminate());
  ws.on('close', () => joined.forEach((set) => set.delete(ws)));
  joined.forEach((set) => set.add(ws));
  ws.send(await snapshot(watched));
});
server.listen(port, '127.0.0.1', 4096, () => console.log('ready'));
process.once('SIGTERM', () => process.exit(0));
