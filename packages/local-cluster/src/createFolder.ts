import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Creates a folder that only its owner can read, and its parents; does nothing if it exists. One by one, because Node's
 * own function never ends below `/proc`.
 *
 * @throws Error with a short reason when it cannot be used
 */
export function createFolder(folder: string): void {
  try {
    makeEach(folder);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(reason(error as NodeJS.ErrnoException), { cause: error });
  }
}

function makeEach(folder: string): void {
  const there = statSync(folder, { throwIfNoEntry: false });
  if (there?.isDirectory()) return;
  if (there) throw new Error(`${folder} exists and is not a folder`);
  makeEach(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

function reason({ code, message, path }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return `no permission to write to ${path}`;
    case 'EROFS':
      return `${path} is on a read-only file system`;
    case 'ENOENT':
      return `${path} cannot be created`;
    default:
      return message;
  }
}
