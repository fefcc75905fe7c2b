import { mkdir, rename, rm } from 'node:fs/promises';
import { tenantUidSetting, type GitHost, type RepositoryRef } from './GitHost';
import { git } from './runGit';

/**
 * Creates an empty repository on the portal, which gets its commits from another git host.
 *
 * @param settings - names and values of its configuration
 */
export async function createMirror(
  host: GitHost,
  repository: RepositoryRef,
  settings: Record<string, string>,
): Promise<void> {
  const folder = host.folder(repository);
  // As in `GitHost.create`, so that `removeLeftovers` finds it.
  const draft = `${folder}.${process.pid}-${Date.now()}`;
  await mkdir(draft, { recursive: true });
  try {
    await git(['init', '--quiet', '--bare', '--initial-branch=main', draft]);
    const { tenantUid } = repository;
    const all = { [tenantUidSetting]: tenantUid, ...settings };
    for (const entry of Object.entries(all))
      await git(['-C', draft, 'config', ...entry]);
    await host.putAside(repository);
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
