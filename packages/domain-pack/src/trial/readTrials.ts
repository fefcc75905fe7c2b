import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { compileSource } from '../compile';
import { lintSource, validPack } from '../lint';
import { proposedAnswers } from '../parameters/parameters';
import type { ArchetypeManifest } from '../source/schemas';

/** An archetype as somebody tries it first: with what its form proposes, and the tests that hold then. */
export interface Trial {
  archetype: DomainPack['spec']['archetypes'][number];
  answers: Record<string, unknown>;
  tests: ArchetypeManifest['tests'];
}

/**
 * What can be tried of a pack in a running Bailiwick.
 *
 * @throws PackError when the pack has problems
 */
export function readTrials(folder: string): {
  pack: DomainPack;
  trials: Trial[];
} {
  const source = validPack(lintSource(folder));
  const pack = compileSource(source);
  const trials = pack.spec.archetypes.map((archetype, position) => ({
    archetype,
    answers: proposedAnswers(archetype.parameters),
    tests: source.archetypes[position].source!.tests.filter(
      ({ answers }) => answers === undefined,
    ),
  }));
  return { pack, trials };
}
