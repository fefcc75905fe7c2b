import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../CommandError';
import type { StackOptions } from './StackOptions';

const marker = '.bailiwick';

/**
 * Marks a folder as one that holds the data of a Bailiwick and nothing else.
 *
 * @throws CommandError when it holds something else
 */
export function markDataDir({ dataDir }: StackOptions): void {
  makeFolder(dataDir);
  if (existsSync(join(dataDir, marker))) return;
  if (readdirSync(dataDir).length > 0) {
    throw new CommandError(
      `${dataDir} holds something else already.`,
      'Give --data-dir an empty folder, or one that does not exist yet.',
    );
  }
  writeFileSync(join(dataDir, marker), 'npm run reset deletes this folder.\n');
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new CommandError(
      `${folder} cannot be used as data folder: ${(error as Error).message}.`,
      'Give --data-dir a folder that you may write to.',
    );
  }
}

/**
 * Whether there is a data folder to delete.
 *
 * @throws CommandError when the folder is not one of ours
 */
export function hasDataDir({ dataDir }: StackOptions): boolean {
  if (!existsSync(dataDir)) return false;
  if (existsSync(join(dataDir, marker))) return true;
  throw new CommandError(
    `${dataDir} is not a data folder of Bailiwick; nothing was deleted.`,
    'Check --data-dir and BAILIWICK_DATA_DIR.',
  );
}
