import { readFileSync, statSync } from 'node:fs';
import { CommandError } from '../CommandError';

/** Bytes that a file on the command line may have. */
const most = 1_000_000;

/**
 * Returns the text of a plain file of at most 1 MB.
 *
 * @param file - its path
 * @param what - name of the file for messages, such as `the schema`
 * @throws CommandError when the file does not exist
 */
export function readSmallFile(file: string, what: string): string {
  const refuse = (why: string) =>
    new CommandError(`${file}: ${why}.`, `Give the path of ${what}.`);
  try {
    const stats = statSync(file);
    if (!stats.isFile()) throw refuse('Not a regular file');
    if (stats.size > most) throw refuse(`Larger than ${most} bytes`);
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const known: Record<string, string> = {
      ENOENT: 'The file does not exist',
      ERR_ENCODING_INVALID_ENCODED_DATA: 'Not UTF-8 text',
    };
    throw refuse(known[code ?? ''] ?? message);
  }
}
