// A server that plays the contract for work on the page alone: made-up units, events and faults.
// It serves the built page under the real server's Content-Security-Policy; never part of a build.
//
//   node dev/server.mjs [--port 8090] [--units 600] [--basemap FILE.pmtiles LAYER,LAYER…] [--land FILE.json]
//   curl -X POST localhost:8090/dev/alarm      /dev/freeze  /dev/thaw  /dev/cut  /dev/health?reason=bus
//                                  /dev/rest    units stand still and say nothing until /dev/drive
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { Fleet } from './fleet.mjs';

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return Number(at === -1 ? fallback : process.argv[at + 1]);
};
const home = fileURLToPath(new URL('..', import.meta.url));
const CSP = "default-src 'self'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
  + "connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.woff2': 'font/woff2',
};
const fleet = new Fleet(option('units', 600), join(home, 'public/map/roads.json'));
const log = [];
const tracks = new Map();
const sockets = new Set();
let n = 0;
let frozen = false;
let resting = false;
let health = { type: 'health', state: 'fresh', since: Date.now() };

const view = ({ id, timestamp, received, name, kind, state, alarm, skewed, lat, lon, heading, speed, battery, signal }) =>
  ({ id, timestamp, received, name, kind, groups: [], state, alarm, skewed, lat, lon, heading, speed, battery, signal });
const say = (message) => {
  if (frozen) return;
  for (const socket of sockets) {
    const told = message.type === 'update' ? seenBy(socket, message) : message;
    if (told) socket.send(JSON.stringify(told));
  }
};

/** More units than this in a view are told as counts. */
const COUNTED_ABOVE = 3_000;
const isIn = ([west, south, east, north], { lon, lat }) => lon >= west && lon <= east && lat >= south && lat <= north;
function seenBy(socket, message) {
  if (!socket.view) return message;
  const devices = message.devices.filter(({ id }) => socket.known.has(id));
  return devices.length > 0 ? { ...message, devices } : null;
}

/** What a view shows now: its units one by one, or counts; alarms and pins always. */
function lookFor(socket) {
  const { view: { bbox, zoom }, pins } = socket;
  const inside = fleet.units.filter((unit) => isIn(bbox, unit));
  const isCounted = inside.length > COUNTED_ABOVE;
  const shown = [...new Set([...(isCounted ? inside.filter(({ alarm }) => alarm) : inside), ...fleet.units.filter(({ id }) => pins.has(id))])];
  const cells = new Map();
  const side = 360 / 2 ** zoom / 8;
  for (const { lon, lat, alarm } of isCounted ? inside : []) {
    const key = `${Math.floor(lon / side)},${Math.floor(lat / side)}`;
    const cell = cells.get(key) ?? cells.set(key, { lon: 0, lat: 0, count: 0, alarms: 0 }).get(key);
    Object.assign(cell, { lon: cell.lon + lon, lat: cell.lat + lat, count: cell.count + 1, alarms: cell.alarms + (alarm ? 1 : 0) });
  }
  const means = [...cells.values()].map(({ lon, lat, count, alarms }) => ({ lon: lon / count, lat: lat / count, count, alarms }));
  const gone = [...socket.known].filter((id) => !shown.some((unit) => unit.id === id));
  const fresh = shown.filter(({ id }) => !socket.known.has(id));
  socket.known = new Set(shown.map(({ id }) => id));
  return { gone, fresh, shown, cells: { type: 'cells', zoom, cells: means } };
}
setInterval(() => {
  for (const socket of sockets) {
    if (!socket.view || frozen) continue;
    const { gone, fresh, cells } = lookFor(socket);
    if (gone.length > 0) socket.send(JSON.stringify({ type: 'remove', devices: gone }));
    if (fresh.length > 0) socket.send(JSON.stringify({ type: 'update', n: ++n, devices: fresh.map(view) }));
    socket.send(JSON.stringify(cells));
  }
}, 1_000);
const append = (entry) => {
  log.push({ ...entry, seq: log.length + 1 });
  return `1.${log.length}`;
};
const withAcknowledgement = (event) => {
  const mark = log.find((entry) => entry.mark && entry.mark.event === event.id && entry.mark.device === event.device)?.mark;
  return mark ? { ...event, acknowledged: { by: mark.by, time: mark.time } } : event;
};

function happen(event) {
  say({ type: 'pending', events: [event] });
  const unit = fleet.units.find(({ id }) => id === event.device);
  if (unit && event.severity === 'critical') {
    unit.alarm = true;
    say({ type: 'update', n: ++n, devices: [{ id: unit.id, timestamp: unit.timestamp, alarm: true }] });
  }
  setTimeout(() => say({ type: 'events', events: [event], cursor: append({ event }) }), 400);
}

const KINDS_OF_EVENTS = [
  ['warning', 'No signal for 60 s'], ['info', 'Recording started'], ['warning', 'Battery 12 %'],
  ['info', 'Left zone Vaduz Nord'], ['info', 'Trigger: light bar on'], ['info', 'Barrier opened'],
];
function anyEvent(severity, message, unit = fleet.units[Math.floor(Math.random() * fleet.units.length)], ago = 0) {
  const at = Date.now() - ago;
  const type = severity === 'critical' ? 'alert' : 'trigger';
  const id = `e-${at}-${Math.floor(Math.random() * 1e6)}`;
  return { id, device: unit.id, timestamp: at, received: at + 5, type, severity, message, lat: unit.lat, lon: unit.lon };
}
for (let i = 12; i > 0; i--) {
  append({ event: anyEvent(...KINDS_OF_EVENTS[i % 6], undefined, i * 95_000) });
}
const old = anyEvent('critical', 'Collision sensor', undefined, 400_000);
append({ event: old });
append({ mark: { device: old.device, event: old.id, by: 'local', time: Date.now() - 390_000 } });

let turn = 0;
setInterval(() => {
  if (resting) return;
  const devices = [];
  turn++;
  fleet.units.forEach((unit, i) => {
    if (unit.played || unit.state === 'stale' || unit.state === 'offline' || (i + turn) % 10 !== 0) return;
    fleet.move(unit, 0.5);
    unit.timestamp = Date.now();
    unit.received = unit.timestamp + 3;
    const { id, timestamp, received, lat, lon, heading, speed } = unit;
    devices.push({ id, timestamp, received, lat, lon, heading: heading ?? null, speed });
    if (turn % 40 < 10) (tracks.get(id) ?? tracks.set(id, []).get(id)).push({ timestamp, lat, lon, speed, heading });
  });
  if (devices.length > 0) say({ type: 'update', n: ++n, devices });
}, 50);
setInterval(() => say({ type: 'heartbeat', time: Date.now() }), 500);
setInterval(() => happen(anyEvent(...KINDS_OF_EVENTS[Math.floor(Math.random() * 6)])), 20_000);

const json = (response, status, body) => {
  response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' });
  response.end(JSON.stringify(body));
};

function control(name, url, body) {
  switch (name) {
    case 'alarm':
      return happen(anyEvent('critical', 'Panic button', fleet.units.find((unit) => unit.state === 'moving' && !unit.alarm)));
    case 'freeze':
      return (frozen = true);
    case 'thaw':
      return (frozen = false);
    case 'rest':
      return (resting = true);
    case 'drive':
      return (resting = false);
    case 'cut':
      return sockets.forEach((socket) => socket.terminate());
    case 'health': {
      const reason = url.searchParams.get('reason');
      health = { type: 'health', state: reason ? 'stale' : 'fresh', since: Date.now(), ...(reason ? { reason } : {}) };
      return say(health);
    }
    case 'publish':
      return published(url.searchParams.get('topic'), JSON.parse(body));
    default:
      throw new Error(`no control ${name}`);
  }
}

function published(topic, payload) {
  const [, id, what] = topic.split('/');
  if (what === 'events') return happen({ ...payload, device: id, received: Date.now() });
  let unit = fleet.units.find((known) => known.id === id);
  if (!unit) {
    unit = { id, name: id, kind: 'vehicle', state: 'stopped', alarm: false, skewed: false, played: true };
    fleet.units.push(unit);
  }
  Object.assign(unit, payload, { received: Date.now(), state: (payload.speed ?? 0) > 1 ? 'moving' : 'stopped' });
  return say({ type: 'update', n: ++n, devices: [view(unit)] });
}

function acknowledge(response, device, id) {
  if (!log.some(({ event }) => event?.device === device && event.id === id)) {
    return json(response, 404, { title: 'Not found', detail: 'no such event' });
  }
  const mark = { device, event: id, by: 'local', time: Date.now() };
  say({ type: 'acknowledged', ...mark, cursor: append({ mark }) });
  const unit = fleet.units.find((known) => known.id === device);
  if (unit) {
    unit.alarm = false;
    say({ type: 'update', n: ++n, devices: [{ id: device, timestamp: unit.timestamp, alarm: false }] });
  }
  return json(response, 200, mark);
}

function api(url, request, response) {
  const [, , , what, id, sub, event] = url.pathname.split('/').map(decodeURIComponent);
  if (request.method === 'POST') return acknowledge(response, id, event);
  if (what === 'basemaps') return json(response, 200, { items: basemaps(), next: null });
  if (what === 'events') {
    const cursor = url.searchParams.get('cursor');
    const severity = url.searchParams.get('severity');
    const wanted = ({ event }) => event && (severity === null || event.severity === severity);
    const items = cursor === null
      ? log.filter(wanted).map((entry) => withAcknowledgement(entry.event)).slice(-200).reverse()
      : log.slice(Number(cursor.split('.')[1])).map((entry) => entry.event ?? { type: 'acknowledged', ...entry.mark });
    return json(response, 200, { items, next: null });
  }
  if (sub === 'track') return json(response, 200, { items: tracks.get(id) ?? [], next: null });
  return json(response, 404, { title: 'Not found', detail: url.pathname });
}

/** The one file given with --basemap, as the real server would list and serve it. */
const basemapAt = process.argv.indexOf('--basemap');
const basemapFile = basemapAt === -1 ? null : process.argv[basemapAt + 1];
function basemaps() {
  if (basemapFile === null) return [];
  const bytes = readFileSync(basemapFile);
  const degrees = [102, 106, 110, 114].map((at) => bytes.readInt32LE(at) / 1e7);
  return [{
    name: 'operator', file: 'operator.pmtiles', url: '/basemaps/operator.pmtiles?v=1', bytes: bytes.length, tiles: 'mvt',
    minZoom: bytes[100], maxZoom: bytes[101], bounds: degrees, center: [0, 0, 0],
    attribution: '© <Operator> & sons', layers: process.argv[basemapAt + 2].split(','),
  }];
}
function range(request, response) {
  const bytes = readFileSync(basemapFile);
  const [, from, to] = request.headers.range.match(/bytes=(\d+)-(\d+)/).map(Number);
  const part = bytes.subarray(from, to + 1);
  response.writeHead(206, { 'content-type': 'application/vnd.pmtiles', 'content-range': `bytes ${from}-${from + part.length - 1}/${bytes.length}` });
  response.end(part);
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  try {
    if (url.pathname.startsWith('/dev/')) {
      let body = '';
      for await (const chunk of request) body += chunk;
      control(url.pathname.slice(5), url, body);
      return json(response, 200, {});
    }
    if (url.pathname.startsWith('/basemaps/')) return range(request, response);
    if (url.pathname.startsWith('/api/')) return api(url, request, response);
    const path = normalize(url.pathname === '/' ? '/index.html' : url.pathname);
    const landAt = process.argv.indexOf('--land');
    const other = landAt !== -1 && path === '/map/land.json' ? process.argv[landAt + 1] : null;
    const content = await readFile(other ?? join(home, 'dist', path));
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', 'content-security-policy': CSP });
    return response.end(content);
  } catch (error) {
    return json(response, 404, { title: 'Not found', detail: String(error.message) });
  }
});
const webSockets = new WebSocketServer({ server, path: '/live' });
webSockets.on('connection', (socket) => {
  socket.send(JSON.stringify({ type: 'welcome', protocol: 1, server: 'dev', time: Date.now() }));
  socket.on('message', (data) => {
    const message = JSON.parse(String(data));
    if (message.type !== 'subscribe') return;
    socket.view = message.view;
    socket.pins = new Set(message.pins);
    socket.known = new Set();
    const look = message.view ? lookFor(socket) : { shown: fleet.units };
    socket.send(JSON.stringify({ type: 'snapshot', devices: look.shown.map(view), more: false }));
    if (look.cells) socket.send(JSON.stringify(look.cells));
    socket.send(JSON.stringify(health));
    const since = message.events?.since;
    if (since !== undefined) {
      const from = since === null ? log.length : Number(since.split('.')[1]);
      for (const { event, mark, seq } of log.slice(from)) {
        const cursor = `1.${seq}`;
        socket.send(JSON.stringify(event ? { type: 'events', events: [event], cursor } : { type: 'acknowledged', ...mark, cursor }));
      }
    }
    sockets.add(socket);
  });
  socket.on('close', () => sockets.delete(socket));
});
server.listen(option('port', 8090), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/`);
});
