import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  checkAccess,
  logIn,
  type GrantDirectory,
  type TenantDirectory,
} from '../login';
import { MethodNotAllowedError } from '../errors';
import type { Upstream } from '../upstream';
import type { UsageRecorder } from '../usage';
import { chooseFormat } from './accept';
import { callFunction, formatsOf, readAsCsv } from './callFunction';
import { findFunction, findServed, type AppDirectory } from './findServed';
import { readParameters, withPresets } from './parameters';

/** What serving functions takes. */
export interface DeliveryOptions {
  directory: GrantDirectory & TenantDirectory & AppDirectory;
  upstream: Upstream;
  usage: Pick<UsageRecorder, 'record'>;
}

interface FunctionParams {
  tenant: string;
  environment: string;
  app: string;
  fn: string;
}

/** `GET /v1/<tenant>/<environment>/<app>/<function>`: the result as JSON or CSV. */
export function addFunctionRoute(
  server: FastifyInstance,
  options: DeliveryOptions,
): void {
  const url = '/v1/:tenant/:environment/:app/:fn';
  server.get<{ Params: FunctionParams }>(url, (request, reply) =>
    deliver(request, reply, options),
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
  request: FastifyRequest<{ Params: FunctionParams }>,
  reply: FastifyReply,
  { directory, upstream, usage }: DeliveryOptions,
): Promise<FastifyReply> {
  const target = request.params;
  const grant = logIn(request.headers.authorization, directory);
  checkAccess(grant, target, directory);
  const served = findServed(directory, target);
  const fn = findFunction(served.contract, target.fn);
  const format = chooseFormat(request.headers.accept, formatsOf(fn, served));
  const asked = readParameters(queryOf(request), fn);
  const parameters = withPresets(asked, grant.spec.presets);

  const call = { ...target, parameters, id: request.id, signal: goneOf(reply) };
  const answer = await callFunction(upstream, call, served);
  usage.record(grant);
  reply.header('vary', 'accept, authorization');
  if (format === 'text/csv') {
    const text = await readAsCsv(answer, fn);
    return reply.type('text/csv; charset=utf-8; header=present').send(text);
  }
  return reply
    .type('application/json; charset=utf-8')
    .send(Readable.from(answer.body));
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
