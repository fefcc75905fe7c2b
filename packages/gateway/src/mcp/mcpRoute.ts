import { createMcpHandler } from '@modelcontextprotocol/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import {
  codeOf,
  findServed,
  goneOf,
  openedApps,
  openedBy,
  requireTenant,
  type AppDirectory,
  type Calls,
  type FunctionRequest,
} from '../delivery';
import { InvalidParameterError, NotAllowedError } from '../errors';
import {
  authenticateToken,
  findGrant,
  grantsOfPerson,
  type LoginDirectory,
  type LoginThrottle,
  type Target,
} from '../login';
import { answerErrors, type ErrorBody } from '../answerErrors';
import { createServer, type Exchange } from './createServer';
import { offersOfApp, offersOfApps } from './offers';

/** Options of the MCP routes. */
export interface McpOptions {
  calls: Calls;
  /** Address under which readers reach the gateway; that of the request when absent. */
  publicUrl?: string;
  throttle: LoginThrottle;
  /** Identity provider whose access tokens are accepted. */
  issuer?: string;
}

/** An app, and all apps of a tenant. */
const paths = ['/:tenant/:environment/:app', '/:tenant'];
const metadataPath = '/.well-known/oauth-protected-resource';
/** Maximum size of a request in bytes. */
const bodyLimit = 256 * 1_024;
/** Maximum number of open subscriptions; there is nothing to subscribe to. */
const maxSubscriptions = 100;

/** Codes of JSON-RPC 2.0 (https://www.jsonrpc.org/specification, section 5.1) by the type of the failure. */
const codes: Record<string, number> = {
  'bad-request': -32700,
  'invalid-parameter': -32600,
  internal: -32603,
};

const jsonRpcError: ErrorBody = (id, type, message, fields) => ({
  jsonrpc: '2.0',
  id: null,
  error: {
    code: codes[type] ?? -32000,
    message,
    data: { type, id, ...fields },
  },
});

/**
 * `/mcp/<tenant>/<environment>/<app>`: each app as a server of the Model Context Protocol, whose tools are its functions
 * (https://modelcontextprotocol.io/specification, "Streamable HTTP"), and `/mcp/<tenant>`: all apps of a tenant that the
 * reader's tokens open. There are no sessions, so any replica can answer.
 */
export async function addMcpRoutes(
  server: FastifyInstance,
  options: McpOptions,
): Promise<void> {
  const { calls, issuer, publicUrl, throttle } = options;
  answerErrors(server, throttle, jsonRpcError);
  const originOf = ({ host, protocol }: FastifyRequest) =>
    publicUrl ?? `${protocol}://${host}`;
  const ownOrigin = URL.parse(publicUrl ?? '')?.origin;
  const handler = createMcpHandler(
    ({ authInfo }) =>
      createServer(authInfo?.extra?.exchange as Exchange, calls),
    { maxSubscriptions, onerror: () => {} },
  );
  server.addHook('onClose', () => handler.close());
  server.addHook('onSend', async (request, reply) => {
    if (reply.statusCode !== 401) return;
    // RFC 9728, section 5.1
    const metadata = `${originOf(request)}${metadataPath}${pathOf(request)}`;
    reply.header('www-authenticate', [
      `Bearer resource_metadata="${metadata}"`,
      'Basic realm="bailiwick", charset="UTF-8"',
    ]);
  });
  for (const path of paths) {
    server.route({
      method: ['GET', 'POST', 'DELETE'],
      url: `/mcp${path}`,
      bodyLimit,
      handler: (request, reply) => answer(request as FunctionRequest, reply),
    });
    server.get(`${metadataPath}/mcp${path}`, async request => ({
      resource: `${originOf(request)}${pathOf(request)}`,
      resource_name: 'Bailiwick',
      bearer_methods_supported: ['header'],
      ...(issuer && {
        authorization_servers: [issuer],
        scopes_supported: ['openid'],
      }),
    }));
  }

  async function answer(request: FunctionRequest, reply: FastifyReply) {
    const origin = originOf(request);
    requireOrigin(request, ownOrigin);
    const offer = offerTo(request, calls);
    requireOneMessage(request);
    const gone = goneOf(reply);
    const exchange: Exchange = { ...offer, gone, origin, reply, request };
    const response = await handler.fetch(
      new Request(`${origin}${request.url}`, {
        method: request.method,
        headers: request.headers as Record<string, string>,
        signal: gone,
      }),
      {
        parsedBody: request.body,
        authInfo: { token: '', clientId: '', scopes: [], extra: { exchange } },
      },
    );
    const body = response.body as ReadableStream | null;
    return reply
      .code(response.status)
      .headers(Object.fromEntries(response.headers))
      .send(body ? Readable.fromWeb(body) : undefined);
  }
}

/** Returns what a request can use: the functions of one app, or those of all apps of a tenant that its tokens open. */
function offerTo(
  request: FunctionRequest,
  { directory }: Calls,
): Pick<Exchange, 'instructions' | 'offers' | 'server'> {
  const { app, environment, tenant } = request.params;
  if (app === undefined) return offerTenant(request, directory);
  const target = { app, environment, tenant };
  const grant = findGrant(request, target, directory);
  const served = findServed(directory, target);
  const { functions } = openedBy(grant, served.contract, directory, target);
  return {
    instructions: served.app.spec.description,
    offers: offersOfApp(target, functions),
    server: {
      name: `${tenant}/${environment}/${app}`,
      title: served.app.spec.title,
      version: codeOf(served) ?? 'draft',
    },
  };
}

/** @throws GatewayError when a token is wrong or for another tenant */
function offerTenant(
  request: FunctionRequest,
  directory: LoginDirectory & AppDirectory,
) {
  const { ip, params, person } = request;
  const { tenant } = params;
  const grants = person
    ? grantsOfPerson(person, ip, tenant, directory)
    : [authenticateToken(request, directory)];
  for (const grant of grants) requireTenant(grant, tenant);
  const apps = openedApps(grants, ip, directory);
  const title = directory.findTenant(tenant)?.spec.title ?? tenant;
  return {
    instructions:
      apps.length > 0
        ? `Results of the apps of ${title}.`
        : `None of your tokens gives access to an app of ${title}. Create a token on the Get data tab of an app.`,
    offers: offersOfApps(apps),
    server: { name: tenant, title, version: '1' },
  };
}

/** Path of the server that a request is about, without the query, which can have a token. */
function pathOf({ params }: FastifyRequest): string {
  const { app, environment, tenant } = params as Target;
  const parts = app === undefined ? [tenant] : [tenant, environment, app];
  return `/mcp/${parts.map(encodeURIComponent).join('/')}`;
}

/**
 * Pages of other origins may not use what runs on the reader's machine ("Streamable HTTP", security warning). The `Host`
 * header proves nothing: after DNS rebinding, it is that of the page.
 *
 * @param own - the configured origin of the gateway; without one, no page may
 */
function requireOrigin({ headers }: FastifyRequest, own?: string): void {
  if (headers.origin === undefined || headers.origin === own) return;
  throw new NotAllowedError(
    `Pages from ${headers.origin} can't use this address; call it from a program`,
  );
}

/**
 * Refuses the batches of the protocol before June 2025: a request has one function, which its limits and records are about.
 *
 * @throws InvalidParameterError for a batch
 */
function requireOneMessage({ body }: FastifyRequest): void {
  if (!Array.isArray(body)) return;
  throw new InvalidParameterError(
    'A request has one message; send the messages of a batch one by one',
  );
}
