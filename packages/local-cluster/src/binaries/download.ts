import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { run } from '../process/run';
import type { Download } from './ProgramSet';

/** Maximum time for an official address to respond; after that, building is faster. */
const CONNECT_TIMEOUT_MS = 3_000;

/**
 * Fetches official releases into a folder and checks their sums.
 *
 * @throws Error when an address does not answer or a sum is wrong
 */
export async function downloadAll(
  downloads: readonly Download[],
  folder: string,
  signal?: AbortSignal,
): Promise<void> {
  // All sums first: if one address is out of reach, nothing big has been fetched in vain.
  const sums = await Promise.all(downloads.map(each => fetchSum(each, signal)));
  for (const [index, download] of downloads.entries()) {
    await fetchOne(download, sums[index], folder, signal);
  }
}

/** A file to fetch. */
export interface FileDownload {
  url: string;
  /** Its SHA-256 sum, in hexadecimal. */
  sum: string;
  /** Path to write it to. */
  target: string;
  signal?: AbortSignal;
  /** Milliseconds for the address to respond; 3,000 by default. */
  connectMs?: number;
}

/**
 * Fetches one file and checks its SHA-256 sum.
 *
 * @throws Error when the address does not respond or the sum is wrong; the file is removed then
 */
export async function fetchFile({
  url,
  sum,
  target,
  signal,
  connectMs,
}: FileDownload): Promise<void> {
  const response = await open(url, signal, connectMs);
  try {
    await pipeline(
      Readable.fromWeb(response.body as never),
      createWriteStream(target),
      { signal },
    );
    const hash = createHash('sha256');
    await pipeline(createReadStream(target), hash);
    const found = hash.digest('hex');
    if (found !== sum)
      throw new Error(`${url} has SHA-256 ${found}, expected ${sum}`);
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
}

/** Finds the sum of one file in the text of a checksum file. */
export function findSum(text: string, file: string): string | undefined {
  const lines = text
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+\*?/));
  const own =
    lines.find(([, name]) => name && basename(name) === file) ?? lines[0];
  const alone =
    lines.length === 1 || own !== lines[0] || own[1]?.endsWith(file);
  return alone && /^[0-9a-f]{64}$/.test(own[0]) ? own[0] : undefined;
}

async function fetchSum(
  download: Download,
  signal?: AbortSignal,
): Promise<string> {
  const text = await (await open(download.sums, signal)).text();
  const sum = findSum(text, basename(download.url));
  if (!sum)
    throw new Error(
      `${download.sums} has no sum for ${basename(download.url)}`,
    );
  return sum;
}

async function fetchOne(
  download: Download,
  sum: string,
  folder: string,
  signal?: AbortSignal,
): Promise<void> {
  const file = join(folder, download.program ?? basename(download.url));
  await fetchFile({ url: download.url, sum, target: file, signal });
  if (download.program) {
    await chmod(file, 0o755);
    return;
  }
  for (const [program, member] of Object.entries(download.members ?? {})) {
    await run('tar', ['-xzf', file, '-C', folder, '--no-same-owner', member], {
      signal,
    });
    if (join(folder, member) !== join(folder, program)) {
      await rename(join(folder, member), join(folder, program));
    }
  }
  await rm(file);
}

async function open(
  url: string,
  signal?: AbortSignal,
  connectMs = CONNECT_TIMEOUT_MS,
): Promise<Response> {
  const connecting = new AbortController();
  const timer = setTimeout(() => connecting.abort(), connectMs);
  const signals = [connecting.signal, ...(signal ? [signal] : [])];
  try {
    const response = await fetch(url, { signal: AbortSignal.any(signals) });
    if (!response.ok) throw new Error(`${url} answers ${response.status}`);
    return response;
  } catch (error) {
    signal?.throwIfAborted();
    if (connecting.signal.aborted)
      throw new Error(`${new URL(url).host} is not responding`);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
