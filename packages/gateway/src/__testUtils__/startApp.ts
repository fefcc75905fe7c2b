import {
  createServer,
  type IncomingMessage,
  type RequestListener,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** An HTTP server on loopback in the place of an app's pods. */
export interface StartedApp {
  host: string;
  port: number;
  /** Bodies and headers of the calls it got. */
  calls: {
    url: string;
    body: unknown;
    /** The body as it was sent. */
    text: string;
    headers: IncomingMessage['headers'];
  }[];
  stop(): Promise<void>;
}

/**
 * Starts a server that answers every call with `respond`.
 *
 * @param isRuntime - whether it repeats the identifier of each call, as the runtime of functions does
 */
export async function startApp(
  respond: RequestListener,
  wantedPort = 0,
  isRuntime = true,
): Promise<StartedApp> {
  const calls: StartedApp['calls'] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    calls.push({
      text,
      url: request.url ?? '',
      headers: request.headers,
      body: JSON.parse(text),
    });
    if (isRuntime)
      response.setHeader('x-request-id', request.headers['x-request-id'] ?? '');
    respond(request, response);
  });
  await new Promise<void>(resolve => {
    server.listen(wantedPort, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    host: '127.0.0.1',
    port,
    calls,
    async stop() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** Answers with JSON. */
export function json(
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): RequestListener {
  return (_, response) => {
    response.writeHead(status, {
      'content-type': 'application/json',
      ...headers,
    });
    response.end(JSON.stringify(body));
  };
}
