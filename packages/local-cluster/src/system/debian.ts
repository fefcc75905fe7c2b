import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { ClusterError } from '../ClusterError';
import { cacheDir } from '../paths';
import { findOnPath } from '../process/findOnPath';
import type { Progress } from '../process/Progress';
import { run } from '../process/run';
import { withSystemFolders } from '../process/systemPath';
import { withLock } from '../state/SupervisorLock';

/**
 * Installs missing Debian packages.
 *
 * @param packages - package name to the proof of its installation: a program, or the path of a file
 * @throws ClusterError with the command to run when they cannot be installed here
 */
export async function ensureDebianPackages(
  packages: Readonly<Record<string, string>>,
  options: Progress,
): Promise<void> {
  if (missingOf(packages).length === 0) return;
  const aptGet = findOnPath('apt-get');
  const names = missingOf(packages).join(' ');
  const byHand = `apt-get update && apt-get install --no-install-recommends -y ${names}`;
  if (!aptGet || process.getuid?.() !== 0) {
    throw new ClusterError(
      `Missing on this machine: ${names} (names of Debian packages).`,
      aptGet
        ? `Run as root: ${byHand}`
        : 'Install them with the package manager of this system; then start again.',
    );
  }
  // One after the other, also between processes: the package lists have one writer.
  const lock = join(cacheDir(), 'apt.lock');
  try {
    await withLock(lock, () => install(missingOf(packages), options), options);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new ClusterError(
      `The packages ${names} cannot be installed: ${(error as Error).message}`,
      `Run as root: ${byHand}`,
    );
  }
}

/** Names of the packages that are not installed. */
function missingOf(packages: Readonly<Record<string, string>>): string[] {
  return Object.keys(packages).filter(name => {
    const proof = packages[name];
    return isAbsolute(proof) ? !existsSync(proof) : !findOnPath(proof);
  });
}

async function install(
  missing: readonly string[],
  { report, signal }: Progress,
): Promise<void> {
  if (missing.length === 0) return; // another process was quicker
  report(`installing ${missing.join(' ')}`);
  const environment = {
    ...withSystemFolders(),
    DEBIAN_FRONTEND: 'noninteractive',
  };
  const aptGet = (...more: string[]) =>
    run('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=120', ...more], {
      environment,
      signal,
    });
  const installNow = () =>
    aptGet('install', '-y', '--no-install-recommends', ...missing);
  // Package lists may be old or absent: only then they are worth the time of an update.
  await installNow().catch(async () => {
    signal?.throwIfAborted();
    // Even if some sources are unreachable, the others may have the packages.
    await aptGet('update').catch(() => {});
    await installNow();
  });
}
