import compress from '@fastify/compress';
import { answerErrors, answerUnknown, type ErrorBody } from '../answerErrors';
import { findServed, openedBy, type Calls } from '../delivery';
import {
  MethodNotAllowedError,
  NotAcceptableError,
  NotFoundError,
} from '../errors';
import {
  findGrant,
  readQuery,
  type LoginThrottle,
  type Target,
} from '../login';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { collectionsOf } from './collections';
import { deliverCollection } from './deliverCollection';
import { BadODataError } from './errors';
import { metadataDocument, serviceDocument } from './metadata';
import { contentTypeOf, negotiateJson } from './negotiateJson';
import { parsePath } from './parsePath';
import { readQueryOptions } from './queryOptions';

/** Options of the OData routes. */
export interface ODataOptions {
  calls: Calls;
  throttle: LoginThrottle;
  /** Address under which readers reach the gateway; that of the request when absent. */
  publicUrl?: string;
}

const methods = ['GET', 'HEAD', 'OPTIONS'];

/** A request below the root of an app's service. */
export type ODataRequest = FastifyRequest<{
  Params: Target & { fn: string; '*': string };
}>;

/**
 * `/odata/v1/<tenant>/<environment>/<app>/`: the tables of an app as a read-only OData 4.0 service
 * (https://docs.oasis-open.org/odata/odata/v4.0/odata-v4.0-part1-protocol.html).
 */
export async function addODataRoutes(
  server: FastifyInstance,
  options: ODataOptions,
): Promise<void> {
  const body: ErrorBody = (id, type, message, fields) => ({
    error: { code: type, message, innererror: { id, ...fields } },
  });
  answerErrors(server, options.throttle, body);
  answerUnknown(server, 'GET /odata/v1/<tenant>/<environment>/<app>/', body);
  await server.register(compress, { encodings: ['gzip'], threshold: 1_024 });
  server.addHook('onRequest', async (_, reply) => {
    reply.header('odata-version', '4.0');
  });
  for (const url of [
    '/:tenant/:environment/:app',
    '/:tenant/:environment/:app/*',
  ]) {
    server.route({
      method: ['GET', 'HEAD'],
      url,
      handler: (request, reply) =>
        answer(request as ODataRequest, reply, options),
    });
    server.options(url, async (_, reply) =>
      reply.code(204).header('allow', methods.join(', ')).send(),
    );
    // Refused before any body is read.
    const refuse = async ({ method }: FastifyRequest) => {
      throw new MethodNotAllowedError(method, methods);
    };
    server.route({
      method: ['POST', 'PUT', 'PATCH', 'DELETE'],
      url,
      onRequest: refuse,
      handler: refuse,
    });
  }
}

async function answer(
  request: ODataRequest,
  reply: FastifyReply,
  options: ODataOptions,
): Promise<FastifyReply> {
  requireVersion(request);
  const { directory } = options.calls;
  const { app, environment, tenant } = request.params;
  const target = { app, environment, tenant };
  const grant = findGrant(request, target, directory);
  const served = findServed(directory, target);
  const path = pathBelow(request.url);
  const resource = parsePath(path);
  if (!resource)
    throw new NotFoundError(
      'There is no such resource; the service document lists the entity sets, and files such as .csv are at /v1 instead of /odata/v1',
    );
  const origin = options.publicUrl ?? `${request.protocol}://${request.host}`;
  const root = `${origin}/odata/v1/${[tenant, environment, app]
    .map(encodeURIComponent)
    .join('/')}/`;
  reply.header('vary', 'accept, accept-encoding, authorization, prefer');
  const opened = openedBy(grant, served.contract, directory, target);
  const collections = collectionsOf(opened);
  if (resource.kind === 'collection')
    return deliverCollection(request, reply, {
      ...options,
      collections,
      address: root + path,
      grant,
      resource,
      root,
      served,
    });
  const { format } = readQueryOptions(readQuery(request.url));
  if (resource.kind === 'service') {
    const form = negotiateJson(request.headers.accept, format);
    // Fastify would add a charset to a text.
    return reply
      .type(contentTypeOf(form))
      .send(Buffer.from(JSON.stringify(serviceDocument(root, collections))));
  }
  if (format !== undefined && !/^(application\/)?xml(;|$)/.test(format))
    throw new NotAcceptableError(
      '$metadata is available as application/xml; omit $format',
    );
  return reply.type('application/xml').send(metadataDocument(collections));
}

/** Returns the path below the root of the service, encoded. */
function pathBelow(url: string): string {
  const [path] = url.split('?', 1);
  return path.split('/').slice(6).join('/');
}

/** Clients of OData 1 to 3 get no answer that they would misread (OData 4.0 Part 1, section 8.2.7). */
function requireVersion({ headers }: FastifyRequest): void {
  const max = headers['odata-maxversion'];
  if (max === undefined) return;
  if (!(Number(max) >= 4))
    throw new BadODataError(
      `This service supports only OData 4.0, but OData-MaxVersion is ${max}; use a client of version 4`,
    );
}
