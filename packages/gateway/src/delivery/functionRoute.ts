import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MethodNotAllowedError } from '../errors';
import type { FunctionCall, Upstream } from '../upstream';
import type { UsageRecorder } from '../usage';
import { chooseFormat } from './accept';
import {
  admit,
  checkAgain,
  type Admitted,
  type Directory,
  type FunctionRequest,
} from './admit';
import { CallQuota } from './CallQuota';
import { callFunction, formatsOf, readAsCsv } from './callFunction';
import { EventRelay } from './EventRelay';
import { OpenStreams } from './OpenStreams';
import { readParameters, withPresets } from './parameters';

/** What serving functions takes. */
export interface DeliveryOptions {
  directory: Directory;
  upstream: Upstream;
  usage: Pick<UsageRecorder, 'record' | 'recordRows'>;
}

interface Delivery extends DeliveryOptions {
  quota: CallQuota;
  streams: OpenStreams;
}

/**
 * `GET /v1/<tenant>/<environment>/<app>/<function>`: the result as JSON or CSV, or a stream as
 * server-sent events.
 */
export function addFunctionRoute(
  server: FastifyInstance,
  options: DeliveryOptions,
): void {
  const url = '/v1/:tenant/:environment/:app/:fn';
  const streams = new OpenStreams();
  const quota = new CallQuota(options.directory);
  server.addHook('preClose', async () => streams.stop());
  server.get(url, (request: FunctionRequest, reply) =>
    deliver(request, reply, { ...options, quota, streams }),
  );
  // Refused before any body is read.
  const refuse = async ({ method }: FastifyRequest) => {
    throw new MethodNotAllowedError(method, ['GET']);
  };
  server.route({
    method: ['HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url,
    onRequest: refuse,
    handler: refuse,
  });
}

async function deliver(
  request: FunctionRequest,
  reply: FastifyReply,
  delivery: Delivery,
): Promise<FastifyReply> {
  const { directory, quota, upstream, usage } = delivery;
  const admitted = admit(request, directory);
  const { fn, grant, served } = admitted;
  const format = chooseFormat(request.headers.accept, formatsOf(fn, served));
  const asked = readParameters(queryOf(request), fn);
  const parameters = withPresets(asked, grant.spec.presets);
  await quota.take(served.app, request.params);

  const gone = goneOf(reply);
  const call = { ...request.params, parameters, id: request.id, signal: gone };
  reply.header('vary', 'accept, authorization');
  if (format === 'text/event-stream') {
    return deliverStream(request, reply, { ...delivery, admitted, call });
  }
  const answer = await callFunction(upstream, call, served);
  usage.record(grant);
  if (format === 'text/csv') {
    const text = await readAsCsv(answer, fn);
    return reply.type('text/csv; charset=utf-8; header=present').send(text);
  }
  return reply
    .type('application/json; charset=utf-8')
    .send(Readable.from(answer.body));
}

async function deliverStream(
  request: FunctionRequest,
  reply: FastifyReply,
  options: Delivery & {
    admitted: Admitted;
    call: FunctionCall & { signal: AbortSignal };
  },
): Promise<FastifyReply> {
  const { admitted, call, directory, streams, upstream, usage } = options;
  const { grant, served } = admitted;
  const lastEventId = lastEventIdOf(request);
  const asked = { ...call, lastEventId };
  const answer = await callFunction(upstream, asked, served, 'stream');
  usage.record(grant);
  if (answer.status === 204) {
    // the reader has the whole stream; this is how browsers learn not to connect again
    await answer.body.text();
    return reply.code(204).send();
  }
  const relay = new EventRelay({
    body: answer.body,
    app: call.app,
    id: call.id,
    lastEventId,
    streams,
    gone: call.signal,
    check: () => checkAgain(request, directory, grant),
    breakOff: () => reply.raw.writableFinished || reply.raw.destroy(),
    onEnd: rows => usage.recordRows(grant, rows),
  });
  return reply
    .type('text/event-stream; charset=utf-8')
    .header('x-accel-buffering', 'no')
    .send(Readable.from(relay.events(), { objectMode: false }));
}

/** The number of the last row that a reader has; anything else that it sends is left out. */
function lastEventIdOf({ headers }: FastifyRequest): string | undefined {
  const id = String(headers['last-event-id'] ?? '');
  return /^\d{1,15}$/.test(id) ? id : undefined;
}

function queryOf({ url }: FastifyRequest): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : url.slice(start));
}

/** Aborts when the reader goes away before the answer is complete. */
function goneOf({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort();
  });
  return gone.signal;
}
