import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';

/** A file for an archive; it is removed when it is in. */
export interface ArchivedFile {
  /** Current path. */
  file: string;
  /** Path in the archive. */
  path: string;
}

/**
 * Sends files as a `.tar.gz` while they are read. If one fails, or the reader disconnects, the stream is broken, so
 * that a part is not mistaken for the whole.
 */
export async function sendArchive(
  files: AsyncIterable<ArchivedFile>,
  to: Writable,
): Promise<void> {
  const archive = pack();
  archive.on('error', () => {}); // told below
  const settled = await Promise.allSettled([
    fill(archive, files),
    pipeline(archive, createGzip(), to),
  ]);
  const failure = settled.find(({ status }) => status === 'rejected');
  if (failure) throw (failure as PromiseRejectedResult).reason;
}

async function fill(
  archive: Pack,
  files: AsyncIterable<ArchivedFile>,
): Promise<void> {
  try {
    for await (const file of files) await add(archive, file);
    archive.finalize();
  } catch (error) {
    archive.destroy(error as Error);
    throw error;
  }
}

async function add(archive: Pack, { file, path }: ArchivedFile): Promise<void> {
  const { size } = await stat(file);
  const source = createReadStream(file);
  try {
    await new Promise<void>((resolve, reject) => {
      const entry = archive.entry({ name: path, size }, error =>
        error ? reject(error) : resolve(),
      );
      entry.on('error', reject);
      source.on('error', reject).pipe(entry);
    });
  } finally {
    source.destroy();
  }
  await rm(file);
}
