import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { ReadRecord } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CallRecorder } from '../history';
import type { Target } from '../login';
import type { ReadLog } from './ReadLog';

/** A read in progress; the format's writer adds the sent rows and bytes. */
export interface OpenRead {
  format: string;
  /** Status of the read where the response's is another one, such as a failure in a protocol inside HTTP. */
  status?: number;
  /** Whether the client has left before the end, where the response does not show it. */
  isAborted?: boolean;
  bytes: number;
  /** Counts rows that are about to be sent: at once in the call history, and at the end in the record. */
  addRows: (count: number) => void;
  /** Rows so far; absent if the result has none. */
  readonly rows?: number;
}

declare module 'fastify' {
  interface FastifyReply {
    /** The read that a response answers; absent if its function or its token is refused. */
    read?: OpenRead;
    /** The grant of the read. */
    grant?: Grant;
  }
}

/**
 * Records a read when its response ends, also if the client closes the connection before. The record has no parameters
 * and no values.
 */
export function trackRead(
  request: FastifyRequest<{ Params: Target & { fn: string } }>,
  reply: FastifyReply,
  { grant, code }: { grant: Grant; code: string | undefined },
  {
    history,
    reads,
  }: {
    history: Pick<CallRecorder, 'recordRows'>;
    reads: Pick<ReadLog, 'record'>;
  },
): OpenRead {
  const { app, environment, fn, tenant } = request.params;
  const called = { tenant, environment, app, fn };
  let rows: number | undefined;
  const read: OpenRead = {
    format: '',
    bytes: 0,
    get rows() {
      return rows;
    },
    addRows(count) {
      rows = (rows ?? 0) + count;
      history.recordRows(called, count);
    },
  };
  Object.assign(reply, { grant, read });
  reply.raw.once('close', () => {
    const { addRows, ...known } = read;
    reads.record({
      ...called,
      code,
      ...readerOf(request, grant),
      status: reply.statusCode,
      isAborted: !reply.raw.writableFinished,
      ms: Math.round(reply.elapsedTime),
      ...known,
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

/** Returns who makes a request, with which client and from where, as records of reads have it. */
export function readerOf(
  request: FastifyRequest,
  { metadata, spec }: Grant,
): Pick<ReadRecord, 'subject' | 'grant' | 'client' | 'agent' | 'address'> {
  return {
    subject: spec.subject,
    grant: metadata.name,
    client: spec.client,
    agent: agentOf(request),
    address: request.ip,
  };
}

/** Returns the beginning of a request's `User-Agent`. */
export function agentOf({ headers }: FastifyRequest): string | undefined {
  return headers['user-agent']?.slice(0, 100);
}
