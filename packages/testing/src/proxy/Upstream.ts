import { readFileSync } from 'node:fs';
import {
  Agent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
} from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { parse } from 'yaml';

const ofClient = new Set([
  'authorization',
  'connection',
  'host',
  'transfer-encoding',
]);

/** A request to pass on. */
export interface Outgoing {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  signal: AbortSignal;
}

/** Connections to the API server in the name of one identity; plain Node, nothing under test. */
export class Upstream {
  readonly #server: URL;
  readonly #agent: Agent | TlsAgent;

  /** @param kubeconfig - file with one context, whose credentials are inline or certificates */
  constructor(kubeconfig: string) {
    const { clusters, users } = parse(readFileSync(kubeconfig, 'utf8'));
    const [{ cluster }] = clusters;
    const [{ user }] = users;
    this.#server = new URL(cluster.server);
    this.#agent = new TlsAgent({
      keepAlive: true,
      ca: pem(cluster, 'certificate-authority'),
      cert: pem(user, 'client-certificate'),
      key: pem(user, 'client-key'),
    });
  }

  /** Sends a request; returns the response when its head arrives. @throws Error without a response */
  send({ body, headers, ...outgoing }: Outgoing): Promise<IncomingMessage> {
    const passed = Object.fromEntries(
      Object.entries(headers).filter(([name]) => !isOfClient(name)),
    );
    return new Promise((resolve, reject) => {
      const send = this.#server.protocol === 'https:' ? tlsRequest : request;
      send(
        {
          ...outgoing,
          agent: this.#agent,
          hostname: this.#server.hostname,
          port: this.#server.port,
          headers: passed,
        },
        resolve,
      )
        .on('error', reject)
        .end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Whether a header belongs to the client's own connection and login, or is a pseudo-header of HTTP/2. */
function isOfClient(name: string): boolean {
  return name.startsWith(':') || ofClient.has(name);
}

function pem(entry: Record<string, string>, field: string): Buffer | undefined {
  const inline = entry[`${field}-data`];
  if (inline) return Buffer.from(inline, 'base64');
  return entry[field] ? readFileSync(entry[field]) : undefined;
}
