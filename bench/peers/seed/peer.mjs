// The seed article's stack: Mosquitto, a bridge, Redis Pub/Sub, two WebSocket servers, Nginx before them.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MOSQUITTO, SETTINGS } from '../mosquitto/peer.mjs';
import { freePorts } from '../parts.mjs';

const SERVERS = 2;

export async function start(parts, folder) {
  const packages = fileURLToPath(new URL('../node_modules', import.meta.url));
  if (!existsSync(packages)) {
    throw new Error(`${packages} is missing; run: npm ci --prefix ${join(packages, '..')}`);
  }
  const [mqtt, redis, http, ...servers] = await freePorts(3 + SERVERS);
  const mosquitto = join(folder, 'mosquitto.conf');
  writeFileSync(mosquitto, `${SETTINGS}listener ${mqtt} 127.0.0.1\n`);
  await parts.run({ ...MOSQUITTO, name: 'mosquitto', args: ['-c', mosquitto], port: mqtt });
  await parts.run({
    name: 'redis',
    command: '/usr/bin/redis-server',
    packageName: 'redis-server',
    args: redisArguments(redis, folder),
    port: redis,
  });
  for (const [index, port] of servers.entries()) {
    await node(parts, `websocket-server-${index + 1}`, 'websocket-server.mjs', port, redis);
  }
  await node(parts, 'bridge', 'bridge.mjs', mqtt, redis);
  const nginx = join(folder, 'nginx.conf');
  writeFileSync(nginx, nginxSettings(http, servers, folder));
  await parts.run({
    name: 'nginx',
    command: '/usr/sbin/nginx',
    packageName: 'nginx',
    args: ['-p', folder, '-e', 'stderr', '-c', nginx],
    port: http,
  });
  return { mqtt, http };
}

function node(parts, name, script, ...ports) {
  const file = fileURLToPath(new URL(script, import.meta.url));
  return parts.run({ name, command: process.execPath, args: [file, ...ports.map(String)], line: 'ready' });
}

/** Fast and ephemeral, as the article says: nothing saved; a subscriber that lags is not cut off early. */
function redisArguments(port, folder) {
  const line = `--port ${port} --bind 127.0.0.1 --appendonly no --client-output-buffer-limit`;
  return [...line.split(' '), 'pubsub 512mb 256mb 60', '--save', '', '--dir', folder];
}

function nginxSettings(port, servers, folder) {
  return `
daemon off;
pid ${join(folder, 'nginx.pid')};
worker_processes auto;
error_log stderr warn;
events { worker_connections 16384; multi_accept on; }
http {
  access_log off;
  client_body_temp_path ${join(folder, 'nginx-body')};
  proxy_temp_path ${join(folder, 'nginx-proxy')};
  fastcgi_temp_path ${join(folder, 'nginx-fastcgi')};
  uwsgi_temp_path ${join(folder, 'nginx-uwsgi')};
  scgi_temp_path ${join(folder, 'nginx-scgi')};
  upstream websocket_servers {
    least_conn;
${servers.map((each) => `    server 127.0.0.1:${each};`).join('\n')}
  }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://websocket_servers;
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection upgrade;
      proxy_set_header Host $host;
      proxy_buffering off;
      proxy_read_timeout 300s;
    }
  }
}
`;
}
