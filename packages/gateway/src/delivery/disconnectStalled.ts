import type { FastifyReply } from 'fastify';

/**
 * Passes a body on, and disconnects a reader that accepts nothing for a while, so that it keeps neither a snapshot nor a
 * call open.
 *
 * @param patience - milliseconds in which a reader must accept the next part
 */
export async function* disconnectStalled<T>(
  body: AsyncIterable<T>,
  { raw }: Pick<FastifyReply, 'raw'>,
  patience = 30_000,
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
