import { findGo } from '@bailiwick/backstage-local-cluster';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';

/** A Go module in one version, with the checksum that `go.sum` has for it. */
export interface PinnedModule {
  module: string;
  version: string;
  sum: string;
}

/**
 * Downloads a Go module, or finds it in Go's cache. @returns its folder
 *
 * @throws ClusterError without Go; Error if the module can't be downloaded or its checksum differs
 */
export async function downloadModule({
  module,
  version,
  sum,
}: PinnedModule): Promise<string> {
  const go = await findGo({ report: () => {} });
  const { stdout } = await promisify(execFile)(
    go,
    ['mod', 'download', '-json', `${module}@${version}`],
    { cwd: tmpdir() },
  );
  const { Dir: folder, Sum: found } = JSON.parse(stdout);
  if (found !== sum)
    throw new Error(
      `${module}@${version} has the checksum ${found} instead of ${sum}`,
    );
  return folder;
}
