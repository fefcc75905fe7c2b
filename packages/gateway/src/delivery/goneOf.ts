import type { FastifyReply } from 'fastify';

/** Returns a signal that aborts when the reader disconnects before the response is complete. */
export function goneOf({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort();
  });
  return gone.signal;
}
