import { CommandError, repositoryRoot } from '@bailiwick/backstage-cli';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ForeignPortal } from './createPortal';
import { findDuplicates } from './findDuplicates';
import {
  applyEdit,
  countChangedLines,
  readInstallation,
} from './readInstallation';

/** Address of the registry in the guide. */
const documentedRegistry = 'http://localhost:4873';

/** Section for portals on the legacy frontend system. */
const legacySection = 'Legacy frontend system';

/** Effort of an installation. */
export interface InstallationEffort {
  steps: number;
  /** Added and removed lines, without the lock file. */
  linesChanged: number;
}

/**
 * Installs Bailiwick in a portal as `docs/install/existing-portal.md` describes it, except for the start of the portal,
 * which is the last command of the guide.
 *
 * @param registry - address from which Yarn gets the packages, instead of the one in the guide
 */
export async function installFromGuide(
  { folder, isLegacy, run }: ForeignPortal,
  registry: string,
): Promise<InstallationEffort> {
  const guide = join(repositoryRoot, 'docs/install/existing-portal.md');
  const steps = readInstallation(
    readFileSync(guide, 'utf8').replaceAll(documentedRegistry, registry),
    isLegacy ? legacySection : undefined,
  );
  const duplicates = () => findDuplicates(join(folder, 'yarn.lock'));
  const before = duplicates();
  for (const { edits, scripts } of steps) {
    for (const edit of edits) {
      const path = join(folder, edit.file);
      writeFileSync(path, applyEdit(readFileSync(path, 'utf8'), edit));
    }
    for (const script of scripts)
      if (!script.endsWith('yarn start')) await run(script);
  }
  const twice = duplicates().filter(each => !before.includes(each));
  if (twice.length > 0)
    throw new CommandError(
      `The portal would have several versions of packages: ${twice.join('; ')}`,
      'Compare the ranges of the packages that ask for them.',
    );
  await run('git add --all');
  const numstat = execFileSync('git', ['diff', '--cached', '--numstat'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { steps: steps.length, linesChanged: countChangedLines(numstat) };
}
