import type { FastifyReply } from 'fastify';

/** Milliseconds in which a reader must accept the next part. */
const patience = 30_000;

/** Passes a body on, and disconnects a reader that accepts nothing for a while, so that it does not keep a snapshot open. */
export async function* disconnectStalled<T>(
  body: AsyncIterable<T>,
  { raw }: FastifyReply,
): AsyncGenerator<T> {
  for await (const part of body) {
    const timer = setTimeout(() => raw.destroy(), patience);
    try {
      yield part;
    } finally {
      clearTimeout(timer);
    }
  }
}
