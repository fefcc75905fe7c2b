import type { WireResponse } from '../connection';

/**
 * Reads a response to its end.
 *
 * @param limit - maximum size in bytes
 * @throws Error when the response is larger
 */
export async function readText(
  body: WireResponse['body'],
  limit = Infinity,
): Promise<string> {
  if (limit === Infinity) return body.text();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    // Leaving the loop closes the connection.
    if (size > limit)
      throw new Error(`The answer is longer than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
