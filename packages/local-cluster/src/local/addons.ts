import type { Programs } from '../binaries/ensurePrograms';
import type { LocalRun } from './LocalRun';

/** Starts name service and registry. */
export async function startAddons(_run: LocalRun, _addons: Programs): Promise<void> {}
