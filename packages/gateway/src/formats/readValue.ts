import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { AppUnreachableError, InvalidParameterError } from '../errors';

/**
 * Reads the JSON of a function with a single value, of at most `maxBytes` bytes.
 *
 * @throws InvalidParameterError when it is larger
 * @throws AppUnreachableError when the connection breaks
 */
export async function readValue(
  body: AsyncIterable<Uint8Array>,
  { name }: Pick<ContractFunction, 'name'>,
  maxBytes: number,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > maxBytes) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new AppUnreachableError(
      `The response of ${name} was interrupted; retry`,
      { retryAfter: 1, cause },
    );
  }
  if (bytes > maxBytes)
    throw new InvalidParameterError(
      `The value of ${name} has more than ${maxBytes} bytes; narrow it with the parameters`,
    );
  return Buffer.concat(chunks).toString('utf8');
}
