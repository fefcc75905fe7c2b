import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { platform } from 'node:process';
import { ClusterError } from '../ClusterError';
import { cacheDir } from '../paths';
import { findOnPath } from '../process/findOnPath';
import type { Progress } from '../process/Progress';
import { tryRun } from '../process/run';
import { downloadAll } from './download';
import { isAtLeast, machine, versions } from './versions';

/** From this version on, an older Go downloads the newer version in go.mod by itself. */
const SELF_UPDATING = '1.21';

/**
 * Finds a Go that can build the cluster's programs, or fetches one.
 *
 * @throws ClusterError when there is none and none can be fetched
 */
export async function findGo(options: Progress): Promise<string> {
  const fetched = join(cacheDir(), `go-${versions.go}`, 'go', 'bin', 'go');
  const candidates = [findOnPath('go', ['/usr/local/go/bin']), fetched];
  for (const candidate of candidates) {
    const output =
      candidate &&
      existsSync(candidate) &&
      (await tryRun(candidate, ['version']));
    const version = output && /go(\d+(\.\d+)+)/.exec(output)?.[1];
    if (candidate && version && isAtLeast(version, SELF_UPDATING))
      return candidate;
  }
  try {
    await fetchGo(options);
    return fetched;
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new ClusterError(
      `Go is required to build the cluster's programs, but cannot be downloaded: ${
        (error as Error).message
      }`,
      `Install Go ${versions.go} (https://go.dev/dl) so that "go version" works; then start again.`,
    );
  }
}

async function fetchGo(options: Progress): Promise<void> {
  options.report(`fetching Go ${versions.go}`);
  const url = `https://dl.google.com/go/go${versions.go}.${platform}-${machine}.tar.gz`;
  const target = join(cacheDir(), `go-${versions.go}`);
  const unfinished = `${target}.${process.pid}`;
  const download = { url, sums: `${url}.sha256`, members: { go: 'go' } };
  await mkdir(unfinished, { recursive: true });
  try {
    await downloadAll([download], unfinished, options.signal);
    await rename(unfinished, target);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}
