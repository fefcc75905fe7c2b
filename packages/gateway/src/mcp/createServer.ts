import {
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  Server,
  type CallToolResult,
} from '@modelcontextprotocol/server';
import { admit, type Calls, type FunctionRequest } from '../delivery';
import type { FastifyReply } from 'fastify';
import { GatewayError, NotFoundError } from '../errors';
import { callTool } from './callTool';
import { describeTool } from './describeTool';
import { describeResource, isResource } from './describeResource';
import type { Offer } from './offers';

/** A request of an agent, which was authenticated. */
export interface Exchange {
  gone: AbortSignal;
  request: FunctionRequest;
  reply: FastifyReply;
  /** Scheme and host of the gateway. */
  origin: string;
  /** Functions that the agent can call. */
  offers: Offer[];
  server: { name: string; title: string; version: string };
  /** What the server is for. */
  instructions?: string;
}

/** Creates the server of one request. */
export function createServer(exchange: Exchange, calls: Calls): Server {
  const { gone, instructions, offers, origin, reply, request } = exchange;
  const addressOf = ({ app, environment }: Offer) =>
    `${origin}/v1/${[request.params.tenant, environment, app].join('/')}`;
  const uriOf = (offer: Offer) => `${addressOf(offer)}/${offer.fn.name}.json`;
  const call = (
    offer: Offer,
    given: Record<string, unknown>,
  ): Promise<CallToolResult> => {
    const { app, environment, fn } = offer;
    Object.assign(request.params, { app, environment, fn: fn.name });
    const address = addressOf(offer);
    const admitted = admitTool(request, reply, calls);
    return callTool(
      { ...admitted, address, calls, gone, reply, request },
      given,
    );
  };

  const server = new Server(exchange.server, {
    capabilities: { resources: {}, tools: {} },
    instructions,
  });
  server.setRequestHandler('tools/list', () => ({
    tools: offers.map(describeTool),
  }));
  server.setRequestHandler('tools/call', ({ params }) => {
    const offer = offers.find(({ name }) => name === params.name);
    if (!offer)
      throw asProtocolError(
        reply,
        new NotFoundError(
          `Function ${params.name} was not found; available: ${offers
            .map(({ name }) => name)
            .join(', ')}`,
        ),
      );
    return call(offer, params.arguments ?? {});
  });
  server.setRequestHandler('resources/list', () => ({
    resources: offers
      .filter(isResource)
      .map(offer => describeResource(offer, uriOf(offer))),
  }));
  server.setRequestHandler('resources/templates/list', () => ({
    resourceTemplates: [],
  }));
  server.setRequestHandler('resources/read', async ({ params: { uri } }) => {
    const offer = offers.filter(isResource).find(one => uriOf(one) === uri);
    if (!offer) {
      reply.failure = new NotFoundError('There is no such resource');
      throw new ResourceNotFoundError(uri);
    }
    const { content, isError } = await call(offer, {});
    const { text } = content[0] as { text: string };
    if (isError) throw new ProtocolError(ProtocolErrorCode.InternalError, text);
    return { contents: [{ uri, mimeType: 'application/json', text }] };
  });
  return server;
}

function admitTool(
  request: FunctionRequest,
  reply: FastifyReply,
  { directory }: Calls,
) {
  try {
    return admit(request, directory);
  } catch (error) {
    throw error instanceof GatewayError ? asProtocolError(reply, error) : error;
  }
}

/** Returns a refusal as an error of the protocol, whose response has the status 200, and remembers it as a failure. */
function asProtocolError(
  reply: FastifyReply,
  failure: GatewayError,
): ProtocolError {
  reply.failure = failure;
  return new ProtocolError(ProtocolErrorCode.InvalidParams, failure.message);
}
