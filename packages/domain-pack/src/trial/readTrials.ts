import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { compileSource } from '../compile';
import { lintSource, validPack } from '../lint';
import { proposedAnswers } from '../parameters/proposedAnswers';
import type { ArchetypeManifest } from '../source/schemas';

/** An archetype with the default answers of its form, and the tests for these answers. @public */
export interface Trial {
  archetype: DomainPack['spec']['archetypes'][number];
  answers: Record<string, unknown>;
  tests: ArchetypeManifest['tests'];
}

/**
 * Returns the trials of a pack for a running Bailiwick.
 *
 * @throws PackError if the pack has problems
 * @public
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
