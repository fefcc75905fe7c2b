import { InputError } from '@backstage/errors';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** Most bytes of a code bundle: it travels in a ConfigMap, which holds 1 MiB. */
export const bundleMaxBytes = 900_000;

/** Most bytes of the files in a code bundle: it is unpacked in the memory of a pod. */
export const unpackedMaxBytes = 64 * 1024 * 1024;

const advice = 'Move large files out of the repository.';

/** Words for code that is too large; sizes in bytes, as text or as a shell variable. */
export const tooLarge = {
  compressed: (size: number | string) =>
    `The compressed code has ${size} bytes; at most ${bundleMaxBytes} are allowed. ${advice}`,
  unpacked: `The files are larger than ${
    unpackedMaxBytes / 1024 ** 2
  } MiB, which is the maximum. ${advice}`,
};

/** Passes a limited number of bytes, then fails with a message about the count. */
function atMost(bytes: number, words: (counted: number) => string) {
  return async function* counted(source: AsyncIterable<Buffer>) {
    let total = 0;
    for await (const chunk of source) {
      total += chunk.length;
      if (total > bytes) throw new InputError(words(total));
      yield chunk;
    }
  };
}

/**
 * The files of a commit as a `.tar.gz` that is the same for the same commit. Nothing beyond the
 * limits is read, whatever the repository holds.
 *
 * @throws InputError when the code is too large to run.
 */
export async function bundle(folder: string, commit: string): Promise<Buffer> {
  const args = ['-C', folder, 'archive', '--format=tar', commit];
  const child = spawn('git', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const [parts, words]: Buffer[][] = [[], []];
  child.stderr.on('data', chunk => words.push(chunk));
  const ended = once(child, 'close');
  try {
    await pipeline(
      child.stdout,
      atMost(unpackedMaxBytes, () => tooLarge.unpacked),
      createGzip({ level: 9 }),
      atMost(bundleMaxBytes, size => tooLarge.compressed(size)),
      async (source: AsyncIterable<Buffer>) => {
        for await (const part of source) parts.push(part);
      },
    );
  } catch (error) {
    child.kill();
    await ended;
    throw error;
  }
  const [code] = await ended;
  if (code !== 0) {
    throw new Error(`git archive: ${Buffer.concat(words).toString().trim()}`);
  }
  return Buffer.concat(parts);
}
