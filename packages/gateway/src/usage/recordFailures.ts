import { toInstant } from '@bailiwick/backstage-kube-controller';
import type { FastifyInstance } from 'fastify';
import { grantOf } from '../login';
import type { UsageRecorder } from './UsageRecorder';

declare module 'fastify' {
  interface FastifyReply {
    /** Kind of failure, such as `not-allowed`. */
    failure?: string;
  }
}

const maxAgent = 100;

/** Records the refused requests of a server that have a valid token, so that its page can explain them. */
export function recordFailures(
  server: FastifyInstance,
  usage: Pick<UsageRecorder, 'recordFailure'>,
): void {
  server.addHook('onResponse', async (request, reply) => {
    const grant = grantOf(request);
    if (!grant || reply.failure === undefined) return;
    const agent = request.headers['user-agent']?.slice(0, maxAgent);
    usage.recordFailure(grant, {
      at: toInstant(new Date()),
      status: reply.statusCode,
      type: reply.failure,
      ...(agent && { agent }),
    });
  });
}
