import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { GatewayError } from '../errors';
import { grantOf } from '../login';
import type { UsageRecorder } from './UsageRecorder';

declare module 'fastify' {
  interface FastifyReply {
    /** What the response reports as a failure. */
    failure?: GatewayError;
  }
}

const [maxAgent, maxName] = [100, 63];

/**
 * Records what each valid token was last used for, and why its last refused request failed, so that its owner can be
 * told. The names of a function and a parameter are recorded, values never.
 */
export function recordUse(
  server: FastifyInstance,
  usage: Pick<UsageRecorder, 'recordFailure' | 'recordRead'>,
): void {
  server.addHook('onResponse', async (request, reply) => {
    const grant = grantOf(request);
    if (!grant) return;
    const { failure, read, statusCode } = reply;
    if (failure)
      usage.recordFailure(grant, {
        ...useOf(request),
        status: failure.status,
        type: failure.type,
        ...nameOf('parameter', failure.fields),
      });
    else if (statusCode < 400)
      usage.recordRead(grant, {
        ...useOf(request),
        ...(read?.rows !== undefined && { rows: read.rows }),
      });
  });
}

/** Returns when a request was made, by what and for which function. */
export function useOf({ headers, params }: FastifyRequest): {
  at: string;
  agent?: string;
  fn?: string;
} {
  const agent = headers['user-agent']?.slice(0, maxAgent);
  return {
    at: new Date().toISOString(),
    ...nameOf('fn', params),
    ...(agent && { agent }),
  };
}

function nameOf<Key extends string>(
  key: Key,
  source: unknown,
): { [K in Key]?: string } {
  const { [key]: name } = (source ?? {}) as Record<string, unknown>;
  const isName = typeof name === 'string' && name !== '';
  return (isName ? { [key]: name.slice(0, maxName) } : {}) as {
    [K in Key]?: string;
  };
}
