import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { createMcpHandler, Server } from '@modelcontextprotocol/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import {
  admit,
  findServed,
  goneOf,
  openedBy,
  type Calls,
  type FunctionRequest,
} from '../delivery';
import {
  GatewayError,
  InvalidParameterError,
  NotAllowedError,
} from '../errors';
import { authenticateToken, authorizeGrant, type Target } from '../login';
import { callTool, unknownTool } from './callTool';
import { describeTool } from './describeTool';

/** Options of the MCP routes. */
export interface McpOptions {
  calls: Calls;
  /** Address under which readers reach the gateway; that of the request when absent. */
  publicUrl?: string;
}

const path = '/:tenant/:environment/:app';
const metadataPath = '/.well-known/oauth-protected-resource';
/** Maximum size of a request in bytes. */
const bodyLimit = 256 * 1_024;
/** Maximum number of open subscriptions; there is nothing to subscribe to. */
const maxSubscriptions = 100;

interface Exchange {
  gone: AbortSignal;
  grant: Grant;
  request: FunctionRequest;
  reply: FastifyReply;
  /** Scheme and host of the gateway. */
  origin: string;
}

/**
 * `/mcp/<tenant>/<environment>/<app>`: each app as a server of the Model Context Protocol, whose tools are its functions
 * (https://modelcontextprotocol.io/specification, "Streamable HTTP"). There are no sessions, so any replica can answer.
 */
export async function addMcpRoutes(
  server: FastifyInstance,
  options: McpOptions,
): Promise<void> {
  const { calls, publicUrl } = options;
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
  server.route({
    method: ['GET', 'POST', 'DELETE'],
    url: `/mcp${path}`,
    bodyLimit,
    async handler(request, reply) {
      const origin = originOf(request);
      requireOrigin(request, ownOrigin);
      const target = request.params as Target;
      const grant = authenticateToken(request, calls.directory);
      authorizeGrant(grant, target, calls.directory);
      requireOneMessage(request);
      const gone = goneOf(reply);
      const response = await handler.fetch(
        new Request(`${origin}${request.url}`, {
          method: request.method,
          headers: request.headers as Record<string, string>,
          signal: gone,
        }),
        {
          parsedBody: request.body,
          authInfo: {
            token: '',
            clientId: grant.metadata.name ?? '',
            scopes: [],
            extra: { exchange: { gone, grant, origin, reply, request } },
          },
        },
      );
      return reply
        .code(response.status)
        .headers(Object.fromEntries(response.headers))
        .send(
          response.body
            ? Readable.fromWeb(response.body as ReadableStream)
            : undefined,
        );
    },
  });
  server.get(`${metadataPath}/mcp${path}`, async request => ({
    resource: `${originOf(request)}${pathOf(request)}`,
    resource_name: 'Bailiwick',
    bearer_methods_supported: ['header'],
  }));
}

/** The server of one request. */
function createServer(
  { gone, grant, origin, reply, request }: Exchange,
  calls: Calls,
): Server {
  const { app, environment, tenant } = request.params;
  const target = { app, environment, tenant };
  const { directory } = calls;
  const served = findServed(directory, target);
  const { release, revision } = served.environment;
  const server = new Server(
    {
      name: `${tenant}/${environment}/${app}`,
      title: served.app.spec.title,
      version: release ?? revision ?? 'draft',
    },
    {
      capabilities: { tools: {} },
      instructions: served.app.spec.description,
    },
  );
  server.setRequestHandler('tools/list', () => ({
    tools: openedBy(grant, served.contract, directory, target).functions.map(
      describeTool,
    ),
  }));
  server.setRequestHandler('tools/call', ({ params }) => {
    request.params.fn = params.name;
    const admitted = admitTool(request, calls);
    return callTool(
      {
        ...admitted,
        address: `${origin}/v1/${tenant}/${environment}/${app}`,
        calls,
        gone,
        reply,
        request,
      },
      params.arguments ?? {},
    );
  });
  return server;
}

function admitTool(request: FunctionRequest, { directory }: Calls) {
  try {
    return admit(request, directory);
  } catch (error) {
    throw error instanceof GatewayError ? unknownTool(error) : error;
  }
}

/** Path of the server that a request is about, without the query, which can have a token. */
function pathOf({ params }: FastifyRequest): string {
  const { app, environment, tenant } = params as Target;
  return `/mcp/${[tenant, environment, app].map(encodeURIComponent).join('/')}`;
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
    `Pages of ${headers.origin} can't use this address; call it from a program`,
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
