import type {
  App,
  Archetype,
  DomainPack,
  Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { findArchetype } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Caches } from '../../../cache';
import { throwFailed } from '../workload';

/** Archetype, pack and runtime of an app. */
export interface FoundArchetype {
  pack: DomainPack;
  archetype: Archetype;
  runtime: DomainPack['spec']['runtimes'][number];
}

/** Finds the archetype of an app in its domain pack, and the runtime. @throws ObstacleError */
export function resolveArchetype(
  caches: Caches,
  { spec }: App,
  release: Release['spec'] | undefined,
): FoundArchetype {
  // A release keeps its archetype when the app changes.
  const wanted = (release ?? spec).archetype;
  const { archetype, pack } = findArchetype(caches.packs, wanted);
  if (!pack) {
    throwFailed(
      `Domain pack "${wanted.pack}" is not installed.`,
      'Ask the platform team to install it.',
    );
  }
  const { runtimes, version } = pack.spec;
  const runtime = runtimes.find(({ name }) => name === archetype?.runtime);
  if (!archetype || !runtime) {
    throwFailed(
      `Domain pack ${wanted.pack} ${version} has no archetype "${wanted.name}" with a runtime.`,
      "Ask the pack's owners to restore it.",
    );
  }
  return { pack, archetype, runtime };
}
