import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { asText, isIgnored, isUsualName, limits } from '../folder/packPaths';
import type { PackFiles } from '../folder/readPackFolder';
import { PackError } from '../problem/Problem';

/** Bytes of the largest archive: each file has headers, and ends at a multiple of 512. */
export const mostBytes = limits.bytes + limits.files * 3072 + 10_240;

const made = 'Use a pack built with: bailiwick pack build';

/**
 * Returns the files of a `.tar.gz` with a pack; writes nothing. Rejects everything that does not belong in a pack:
 * links, devices, paths outside the archive, and more than the limits of a pack.
 *
 * @param file - name of the archive, for messages
 * @throws PackError when it is not such an archive
 */
export async function unpackArchive(
  file: string,
  content: Buffer,
): Promise<PackFiles> {
  const refuse = (what: string): never => {
    throw new PackError({ file, what, remedy: made });
  };
  const archive = extract();
  archive.on('error', () => {}); // told below
  archive.end(unzipped(content, refuse));
  const files = new Map<string, string>();
  let bytes = 0;
  try {
    for await (const entry of archive) {
      const { name, size, type } = entry.header;
      const fault = faultOf(entry.header);
      if (fault) refuse(`The archive entry ${JSON.stringify(name)} ${fault}`);
      bytes += size;
      if (bytes > limits.bytes)
        refuse(`The archive has more than ${limits.bytes} bytes`);
      const text = asText(await buffer(entry));
      if (type === 'directory') continue;
      if (files.has(name)) refuse(`The archive has the file ${name} twice`);
      if (text === undefined)
        refuse(`The file ${name} in the archive is not UTF-8 text`);
      files.set(name, text!);
      if (files.size > limits.files)
        refuse(`The archive has more than ${limits.files} files`);
    }
  } catch (error) {
    if (error instanceof PackError) throw error;
    refuse(`Invalid tar archive: ${(error as Error).message}`);
  }
  return files;
}

function unzipped(content: Buffer, refuse: (what: string) => never): Buffer {
  try {
    return gunzipSync(content, { maxOutputLength: mostBytes });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return refuse(
      code === 'ERR_BUFFER_TOO_LARGE'
        ? `The archive unpacks to more than ${mostBytes} bytes`
        : `Invalid gzip data: ${message}`,
    );
  }
}

/** Why an entry cannot be part of a pack. */
function faultOf({ name, type }: Header): string | undefined {
  const isFolder = type === 'directory';
  if (type !== 'file' && !isFolder)
    return `is not a regular file, but a ${type}`;
  const parts = (isFolder ? name.replace(/\/$/, '') : name).split('/');
  if (parts.length > limits.depth)
    return `is nested more than ${limits.depth} folders deep`;
  return parts.every(part => isUsualName(part) && !isIgnored(part))
    ? undefined
    : 'has a path that is not allowed in a pack';
}
