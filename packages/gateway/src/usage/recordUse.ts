import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayError } from '../errors';
import { grantOf, targetOf } from '../login';
import { agentOf, readerOf, type ReadLog } from '../reads';
import type { UsageRecorder } from './UsageRecorder';

declare module 'fastify' {
  interface FastifyReply {
    /** What the response reports as a failure. */
    failure?: GatewayError;
  }
}

/**
 * Records what each valid token was last used for, and why its last refused request failed, so that the Get data page
 * can tell its owner. Refused requests also belong to the reads of the app that the token is for. Only names from the
 * contract are recorded, because anything else can contain values.
 */
export function recordUse(
  server: FastifyInstance,
  {
    reads,
    usage,
  }: {
    reads: Pick<ReadLog, 'record'>;
    usage: Pick<UsageRecorder, 'recordFailure' | 'recordRead'>;
  },
): void {
  server.addHook('onResponse', async (request, reply) => {
    const grant = reply.grant ?? grantOf(request);
    if (!grant) return;
    const { failure, read } = reply;
    const status = failure?.status ?? read?.status ?? reply.statusCode;
    const use = useOf(request, reply);
    if (status < 400)
      usage.recordRead(grant, {
        ...use,
        ...(read?.rows !== undefined && { rows: read.rows }),
      });
    // A library that answers 405 to a request that the client need not make reports no failure.
    else if (failure || status >= 500) {
      usage.recordFailure(grant, {
        ...use,
        status,
        type: failure?.type ?? 'internal',
        ...parameterOf(failure),
      });
      // Owners see refused attempts among the reads. A function that was not found, or not allowed, has no name here.
      if (!read)
        reads.record({
          ...targetOf(grant),
          fn: '',
          format: '',
          ...readerOf(request, grant),
          status,
          isAborted: false,
          bytes: 0,
          ms: Math.round(reply.elapsedTime),
        });
    }
  });
}

/** Returns the time, client and function of a request. */
export function useOf(
  request: FastifyRequest,
  { read }: FastifyReply,
): { at: string; agent?: string; fn?: string } {
  const agent = agentOf(request);
  return {
    at: new Date().toISOString(),
    ...(read && { fn: (request.params as { fn: string }).fn }),
    ...(agent && { agent }),
  };
}

/** Returns the parameter that a failure is about, if the function has it. */
function parameterOf(failure?: GatewayError): { parameter?: string } {
  const { known, parameter } = (failure?.fields ?? {}) as {
    known?: string[];
    parameter?: string;
  };
  const isKnown =
    parameter !== undefined && (known?.includes(parameter) ?? true);
  return isKnown ? { parameter } : {};
}
