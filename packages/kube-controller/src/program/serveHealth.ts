import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import { noSniff } from './noSniff';

/** A running server for health and metrics. @public */
export interface HealthServer {
  port: number;
  close(): Promise<void>;
}

/** Options of {@link serveHealth}. @public */
export interface HealthOptions {
  /** Port; 0 for a free one. */
  port: number;
  /** Address to listen on; 127.0.0.1 by default. */
  host?: string;
  registry: Registry;
  /** Whether the program is ready. */
  isReady: () => boolean;
  /** Returns the activity of a ready program, such as `leading` or `standing by`; `ok` by default. */
  role?: () => string;
  /** Further paths with the JSON that each returns. */
  routes?: Record<string, (url: URL) => string | Promise<string>>;
}

/** Status, text and, unless plain text, media type of a response. */
type Answer = [status: number, text: string, type?: string];

async function respond(
  route: (url: URL) => string | Promise<string>,
  address: URL,
): Promise<Answer> {
  return [200, await route(address), 'application/json'];
}

/**
 * Serves `/healthz`, `/readyz` and `/metrics`. @throws Error when the port is taken
 *
 * @public
 */
export async function serveHealth({
  port,
  host = '127.0.0.1',
  registry,
  isReady,
  role = () => 'ok',
  routes = {},
}: HealthOptions): Promise<HealthServer> {
  const answer = async (path: string): Promise<Answer> => {
    if (path === '/healthz') return [200, 'ok\n'];
    if (path === '/metrics') return [200, await registry.metrics()];
    if (path !== '/readyz')
      return [404, 'Not found; available: /healthz, /readyz, /metrics\n'];
    return isReady()
      ? [200, `${role()}\n`]
      : [503, 'The caches are not synced yet\n'];
  };
  const server = createServer(async ({ url = '/' }, response) => {
    const address = URL.parse(url, 'http://localhost');
    const route = address && routes[address.pathname];
    const [status, text, type = 'text/plain; charset=utf-8'] = await (route
      ? respond(route, address)
      : answer(url)
    ).catch((error: Error): Answer => [500, `${error.message}\n`]);
    response.writeHead(status, { 'content-type': type, ...noSniff }).end(text);
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
