import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Target } from '../login';
import type { ReadLog } from './ReadLog';

/** A read in progress; the format's writer adds the sent rows and bytes. */
export interface OpenRead {
  format: string;
  /** Status of the read where the response's is another one, such as a failure in a protocol inside HTTP. */
  status?: number;
  /** Whether the client has left before the end, where the response does not show it. */
  isAborted?: boolean;
  rows?: number;
  bytes: number;
}

/**
 * Records a read when its response ends, also if the client closes the connection before. The record has no parameters
 * and no values.
 */
export function trackRead(
  request: FastifyRequest<{ Params: Target & { fn: string } }>,
  reply: FastifyReply,
  { grant, code }: { grant: Grant; code: string | undefined },
  log: Pick<ReadLog, 'record'>,
): OpenRead {
  const read: OpenRead = { format: '', bytes: 0 };
  const { app, environment, fn, tenant } = request.params;
  reply.raw.once('close', () => {
    log.record({
      tenant,
      environment,
      app,
      fn,
      code,
      subject: grant.spec.subject,
      grant: grant.metadata.name,
      client: grant.spec.client,
      agent: agentOf(request),
      address: request.ip,
      status: reply.statusCode,
      isAborted: !reply.raw.writableFinished,
      ms: Math.round(reply.elapsedTime),
      ...read,
    });
  });
  return read;
}

/** Counts the bytes of a body while it is sent. */
export async function* countBytes(
  body: AsyncIterable<Uint8Array | string> | Iterable<string>,
  read: OpenRead,
): AsyncGenerator<Uint8Array | string> {
  for await (const chunk of body) {
    read.bytes += Buffer.byteLength(chunk);
    yield chunk;
  }
}

function agentOf({ headers }: FastifyRequest): string | undefined {
  return headers['user-agent']?.slice(0, 100);
}
