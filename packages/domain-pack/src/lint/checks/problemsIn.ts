import type { Problem } from '../../problem/Problem';
import type { ArchetypeSource, PackSource } from '../../source/readSource';
import type { Located, Place } from '../../source/readYaml';
import type { ArchetypeManifest } from '../../source/schemas';

/** Reports a problem at a place of a document, with its remedy. */
export type Refuse = (place: Place, what: string, remedy: string) => void;

/**
 * Runs checks of a document in order and returns the problems of the first check that finds any; later checks rely on
 * earlier ones.
 */
export function problemsIn(
  { file, lineOf }: Located,
  ...checks: ((refuse: Refuse) => void)[]
): Problem[] {
  const problems: Problem[] = [];
  for (const check of checks) {
    check((place, what, remedy) =>
      problems.push({ file, line: lineOf(place), what, remedy }),
    );
    if (problems.length > 0) break;
  }
  return problems;
}

/** An archetype whose file follows the schema. */
export type ValidArchetype = ArchetypeSource & { source: ArchetypeManifest };

/** Returns the archetypes whose files follow the schema. */
export function validArchetypes({ archetypes }: PackSource): ValidArchetype[] {
  return archetypes.filter(
    (one): one is ValidArchetype => one.source !== undefined,
  );
}
