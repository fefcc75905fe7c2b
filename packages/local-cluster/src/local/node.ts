import type { Programs } from '../binaries/ensurePrograms';
import type { LocalRun } from './LocalRun';

/** Starts the node. */
export async function startNode(_run: LocalRun, _runtime: Programs): Promise<void> {}
