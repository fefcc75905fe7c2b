import { existsSync } from 'node:fs';
import { ClusterError } from '../ClusterError';
import { findOnPath } from '../process/findOnPath';
import { run } from '../process/run';

let queue: Promise<unknown> = Promise.resolve();

/**
 * Installs Debian packages that are missing.
 *
 * @param packages - package name to a file that proves it installed
 * @throws ClusterError naming the packages when they cannot be installed here
 */
export function ensureDebianPackages(
  packages: Readonly<Record<string, string>>,
  options: { report: (detail: string) => void; signal?: AbortSignal },
): Promise<void> {
  // One after the other: the package database takes one writer.
  const turn = queue.catch(() => {}).then(() => install(packages, options));
  queue = turn;
  return turn;
}

async function install(
  packages: Readonly<Record<string, string>>,
  options: { report: (detail: string) => void; signal?: AbortSignal },
): Promise<void> {
  const missing = Object.keys(packages).filter(
    name => !existsSync(packages[name]),
  );
  if (missing.length === 0) return;
  const names = missing.join(' ');
  if (!findOnPath('apt-get') || process.getuid?.() !== 0) {
    throw new ClusterError(
      `Missing on this machine: ${names} (names of Debian packages).`,
      'Install them with the package manager of this system; then start again.',
    );
  }
  options.report(`installing ${names}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const aptGet = (...more: string[]) =>
    run('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=120', ...more], {
      environment,
      signal: options.signal,
    });
  const installNow = () =>
    aptGet('install', '-y', '--no-install-recommends', ...missing);
  try {
    // Package lists may be old or absent: only then they are worth the time of an update.
    await installNow().catch(async () => {
      await aptGet('update');
      await installNow();
    });
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new ClusterError(
      `The packages ${names} cannot be installed: ${(error as Error).message}`,
      `Install them by hand (apt-get install ${names}); then start again.`,
    );
  }
}
