import { rename } from 'node:fs/promises';
import { tenantUidSetting, type GitHost, type RepositoryRef } from './GitHost';
import { withDraft } from './withDraft';

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
  const all = { [tenantUidSetting]: repository.tenantUid, ...settings };
  await withDraft(folder, all, async draft => {
    await host.putAside(repository);
    await rename(draft, folder);
  });
}
