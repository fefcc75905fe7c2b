import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

/** A running server for health and metrics. */
export interface RunningServer {
  port: number;
  close(): Promise<void>;
}

/**
 * Serves `/healthz`, `/readyz` and `/metrics` on 127.0.0.1.
 *
 * @param isReady - whether the operator knows the state of the cluster
 * @throws Error when the port is taken
 */
export async function startServer(
  port: number,
  registry: Registry,
  isReady: () => boolean,
): Promise<RunningServer> {
  const server: Server = createServer(async ({ url }, response) => {
    const [status, text] = await answer(url ?? '', registry, isReady);
    response
      .writeHead(status, { 'content-type': 'text/plain; charset=utf-8' })
      .end(text);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(
  url: string,
  registry: Registry,
  isReady: () => boolean,
): Promise<[number, string]> {
  if (url === '/healthz') return [200, 'ok\n'];
  if (url === '/readyz')
    return isReady() ? [200, 'ok\n'] : [503, 'The caches are not synced yet\n'];
  if (url === '/metrics') return [200, await registry.metrics()];
  return [404, 'There is /healthz, /readyz and /metrics\n'];
}
