import { findOnPath } from '../process/findOnPath';
import type { Progress } from '../process/Progress';
import { ensurePrograms } from './ensurePrograms';
import type { ProgramSet } from './ProgramSet';

/** Returns the path of a program: that of the machine, or else the one of a set. */
export async function findProgram(
  name: string,
  set: ProgramSet,
  progress: Progress,
): Promise<string> {
  return findOnPath(name) ?? (await ensurePrograms(set, progress)).path(name);
}
