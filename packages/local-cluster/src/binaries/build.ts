import { existsSync } from 'node:fs';
import { chmod, cp, readdir, statfs, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ClusterError } from '../ClusterError';
import { packageFolder } from '../paths';
import type { Progress } from '../process/Progress';
import { run } from '../process/run';
import { ensureDebianPackages } from '../system/debian';
import { findGo } from './go';
import type { GoBuild, ProgramSet } from './ProgramSet';

const NEEDED_BYTES = 6 * 1024 ** 3;
/** Number of modules or packages between two progress reports. */
const COUNT_STEP = 20;

/**
 * Builds a set from Go modules into a folder.
 *
 * @throws ClusterError with the missing requirement: Go, disk space, a compiler, the module proxy
 */
export async function buildSet(
  set: ProgramSet,
  folder: string,
  options: Progress,
): Promise<void> {
  await requireSpace(folder);
  await ensureDebianPackages(set.buildPackages ?? {}, options);
  const go = await findGo(options);
  for (const build of set.builds) {
    options.report(`building ${set.title} from Go modules`);
    await goBuild(go, build, folder, options);
    if (build.files) await copyFiles(go, build, folder);
  }
  for (const name of set.links?.names ?? [])
    await symlink(set.links?.to ?? '', join(folder, name));
  const missing = set.programs.filter(each => !existsSync(join(folder, each)));
  if (missing.length > 0)
    throw new Error(`The build made no ${missing.join(', ')}.`);
}

/**
 * Flags of every build. Tests of our own Go code use the same ones, with {@link goBuildEnvironment}, so that they find
 * the build's results in Go's cache.
 */
export const goBuildFlags: readonly string[] = [
  '-trimpath',
  '-mod=readonly',
  '-buildvcs=false',
  // Nobody debugs these programs; without tables for debuggers they compile faster.
  '-gcflags=all=-dwarf=false',
];

/** Environment of every build, added to that of this process. */
export const goBuildEnvironment: Readonly<Record<string, string>> = {
  CGO_ENABLED: '0',
  // Compilers are short-lived: they collect garbage only when memory gets short, which saves an eighth of their time.
  GOGC: 'off',
  GOMEMLIMIT: '2GiB',
  GOWORK: 'off',
};

async function goBuild(
  go: string,
  build: GoBuild,
  folder: string,
  options: Progress,
): Promise<void> {
  const stamps = Object.entries(build.stamps ?? {}).map(
    ([name, value]) => `-X ${name}=${value}`,
  );
  const tags = build.tags ? ['-tags', build.tags.join(',')] : [];
  try {
    await run(
      go,
      [
        'build',
        ...goBuildFlags,
        '-v',
        ...tags,
        '-ldflags',
        ['-s -w', ...stamps].join(' '),
        '-o',
        `${folder}/`,
        ...build.packages,
      ],
      {
        directory: join(packageFolder, build.module),
        environment: {
          ...process.env,
          ...goBuildEnvironment,
          ...(build.cgo && { CGO_ENABLED: '1' }),
        },
        signal: options.signal,
        onComplaint: countPackages(options.report),
      },
    );
  } catch (error) {
    options.signal?.throwIfAborted();
    throw explainBuild(error as Error);
  }
}

/** Copies files of a module from Go's cache, which is read-only and may be emptied. */
async function copyFiles(
  go: string,
  { files, module }: GoBuild,
  folder: string,
): Promise<void> {
  if (!files) return;
  const { folders, of, to } = files;
  const list = ['list', '-mod=readonly', '-m', '-f', '{{.Dir}}', of];
  const directory = join(packageFolder, module);
  const source = (await run(go, list, { directory })).trim();
  for (const name of folders) {
    const copy = join(folder, to, name);
    await cp(join(source, name), copy, { recursive: true });
    for (const entry of await readdir(copy, {
      recursive: true,
      withFileTypes: true,
    }))
      if (entry.isDirectory())
        await chmod(join(entry.parentPath, entry.name), 0o755);
    await chmod(copy, 0o755);
  }
}

/** Parses the output of `go build -v`: the fetched modules, and each compiled package. */
function countPackages(report: (detail: string) => void) {
  let [fetched, compiled] = [0, 0];
  return (line: string) => {
    if (line.startsWith('go: downloading ')) {
      fetched += 1;
      if (fetched % COUNT_STEP === 0) report(`${fetched} Go modules fetched`);
    } else if (/^[\w.~/-]+$/.test(line)) {
      compiled += 1;
      if (compiled % COUNT_STEP === 0) {
        report(`${compiled} Go packages compiled`);
      }
    }
  };
}

function explainBuild(error: Error): ClusterError {
  const { message } = error;
  if (
    /dial tcp|no such host|i\/o timeout|proxyconnect|TLS handshake|connection refused/.test(
      message,
    )
  ) {
    return new ClusterError(
      `The Go module proxy is unreachable: ${message}`,
      'Check the network, or set GOPROXY to a reachable proxy; then start again.',
    );
  }
  if (/no space left on device/.test(message)) {
    return new ClusterError(
      `The disk is full: ${message}`,
      'Free at least 6 GB; "go clean -cache" empties the Go build cache.',
    );
  }
  return new ClusterError(
    `The Go build failed: ${message}`,
    'Run "go build ./..." in packages/local-cluster/go to see the complete output.',
  );
}

async function requireSpace(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= NEEDED_BYTES) return;
  throw new ClusterError(
    `A build needs 6 GB of free disk space, ${folder} has ${(
      (bavail * bsize) /
      1e9
    ).toFixed(1)} GB.`,
    'Free space there, or set XDG_CACHE_HOME to a folder on a bigger disk.',
  );
}
