import { CommandError, repositoryRoot } from '@bailiwick/backstage-cli';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

function git(...args: string[]): string[] {
  try {
    return execFileSync('git', args, {
      cwd: repositoryRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
      .split('\n')
      .filter(Boolean);
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new CommandError(
      `Can't list the changed files: ${stderr?.trim()}.`,
      'Name a commit, a branch or a tag: npm test -- changed main',
    );
  }
}

/** Those of the files, relative to the repository, that were not deleted. */
export function existing(files: readonly string[]): string[] {
  return files.filter(file => existsSync(join(repositoryRoot, file)));
}

/** Lists the TypeScript sources of a folder, relative to the repository. */
export function sourcesBelow(folder: string): string[] {
  return existing(
    git(
      'ls-files',
      '-co',
      '--exclude-standard',
      `${folder}/*.ts`,
      `${folder}/*.tsx`,
    ),
  );
}

/**
 * Lists the files that differ from a revision, deleted and untracked ones included. Without a revision: those of the work tree, and
 * of the last commit when the work tree is clean.
 *
 * @throws CommandError for an unknown revision
 */
export function changedFiles(since?: string): string[] {
  const differing = (revision: string) =>
    git('diff', '--name-only', '--no-renames', revision);
  const untracked = git('ls-files', '--others', '--exclude-standard');
  const files = new Set([...differing(since ?? 'HEAD'), ...untracked]);
  if (files.size === 0 && !since) return differing('HEAD~1');
  return [...files];
}
