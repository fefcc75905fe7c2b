import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { git } from './runGit';

/** Ending of the folder of a repository that is being created; earlier versions used numbers. */
export const draftEnding =
  /\.git\.(\d+-\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/**
 * Creates an empty repository beside its folder, so that nobody sees it before it is complete. It is deleted in the end,
 * unless it was moved to its folder.
 *
 * @param settings - names and values of its configuration
 */
export async function withDraft<T>(
  folder: string,
  settings: Record<string, string>,
  use: (draft: string) => Promise<T>,
): Promise<T> {
  const draft = `${folder}.${randomUUID()}`;
  await mkdir(draft, { recursive: true });
  try {
    await git(['init', '--quiet', '--bare', '--initial-branch=main', draft]);
    for (const entry of Object.entries(settings))
      await git(['-C', draft, 'config', ...entry]);
    return await use(draft);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
