import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { KubeClient } from '../client';
import type { Connection, WireRequest } from '../connection';
import { LeadershipLostError } from '../errors';

/** Answers one request of a script. */
export type Answer = (response: ServerResponse) => void;

/**
 * An HTTP server with scripted responses to lists and watches, for faults that a real API server cannot produce. The
 * last response of each script repeats.
 */
export class ScriptedServer implements Connection {
  server = '';
  /** Queries of the lists and watches that came, oldest first. */
  readonly lists: URLSearchParams[] = [];
  readonly watches: URLSearchParams[] = [];
  readonly #agent = new Agent();
  readonly #http;

  /** Queries of the streamed lists. */
  readonly streams: URLSearchParams[] = [];

  /** @param script - without `streams`, the server does not support streamed lists */
  constructor(script: {
    lists: Answer[];
    watches: Answer[];
    streams?: Answer[];
  }) {
    this.#http = createServer((request, response) => {
      const { searchParams } = new URL(request.url ?? '', 'http://server');
      if (searchParams.has('sendInitialEvents')) {
        const { streams = [unknownOption()] } = script;
        const next = streams[Math.min(this.streams.length, streams.length - 1)];
        this.streams.push(searchParams);
        next(response);
        return;
      }
      const isWatch = searchParams.has('watch');
      const seen = isWatch ? this.watches : this.lists;
      const answers = isWatch ? script.watches : script.lists;
      // Clients of other test files may still use a port that this server got.
      const answer =
        answers[Math.min(seen.length, answers.length - 1)] ??
        json(404, { message: 'not in the script' });
      seen.push(searchParams);
      answer(response);
    });
  }

  /** Starts on a free loopback port. */
  async start(): Promise<KubeClient> {
    this.#http.listen(0, '127.0.0.1');
    await once(this.#http, 'listening');
    this.server = `http://127.0.0.1:${
      (this.#http.address() as AddressInfo).port
    }`;
    return new KubeClient({ connection: this, userAgent: 'test' });
  }

  async send({ path, method, maySend, ...request }: WireRequest) {
    if (maySend?.() === false) throw new LeadershipLostError();
    const { statusCode, headers, body } = await this.#agent.request({
      ...request,
      method: method as 'GET',
      origin: this.server,
      path,
    });
    return { status: statusCode, headers, body };
  }

  async close(): Promise<void> {
    this.#http.closeAllConnections();
    this.#http.close();
    await this.#agent.destroy();
  }
}

function unknownOption(): Answer {
  return json(422, {
    reason: 'Invalid',
    message: 'sendInitialEvents: Forbidden',
  });
}

/** A ConfigMap as a server sends it. */
export function configMap(name: string, version: number, uid = `uid-${name}`) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace: 'default',
      uid,
      resourceVersion: `${version}`,
    },
    data: { version: `${version}` },
  };
}

/** Answers a list. */
export function list(version: number, ...items: object[]): Answer {
  return json(200, { metadata: { resourceVersion: `${version}` }, items });
}

/** Answers with a document. */
export function json(
  status: number,
  body: object,
  headers: object = {},
): Answer {
  return response =>
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(body));
}

/** Sends frames; keeps the watch open unless it shall end. */
export function frames(
  lines: (object | string)[],
  { end = false } = {},
): Answer {
  return response => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    for (const line of lines) {
      response.write(
        typeof line === 'string' ? line : `${JSON.stringify(line)}\n`,
      );
    }
    if (end) response.end();
  };
}

/** A watch that stays open without events. */
export const silence: Answer = frames([]);
