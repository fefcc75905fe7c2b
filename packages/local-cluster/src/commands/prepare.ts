import { ensurePrograms } from '../binaries/ensurePrograms';
import {
  addonsSet,
  cellSet,
  kubernetesSet,
  kwokSet,
  runtimeSet,
} from '../binaries/programSets';
import { chooseProvider } from '../providers/choose';
import type { Arguments } from './arguments';
import { note } from './output';

/**
 * Provides the programs of a local cluster before it is started, in the order in which a start
 * needs them; a start at the same time waits for each. With `--control-plane-only`, without those that run containers.
 * Nothing to do for other providers.
 */
export async function prepare(options: Arguments): Promise<number> {
  const { provider, why } = await chooseProvider(options);
  if (provider !== 'local') {
    note(`Nothing to prepare: ${why}.`);
    return 0;
  }
  const isFull =
    !options.controlPlaneOnly &&
    process.platform === 'linux' &&
    process.getuid?.() === 0;
  const sets = [
    cellSet,
    kubernetesSet,
    ...(options.simulatedNode ? [kwokSet] : []),
    ...(isFull ? [runtimeSet, addonsSet] : []),
  ];
  for (const set of sets) {
    const { origin } = await ensurePrograms(set, {
      report: detail => note(`  … ${detail}`),
    });
    note(`✔ ${set.title}: ${origin}`);
  }
  return 0;
}
