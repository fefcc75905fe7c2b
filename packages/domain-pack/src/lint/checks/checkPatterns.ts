import type { Problem } from '../../problem/Problem';
import type { SourceOfPack } from '../../source/readSource';
import type { Located, Place } from '../../source/readYaml';
import { costlyPattern } from './costlyPattern';
import { placesOf } from '../../parameters/jsonSchema';
import { knownNamesOf, problemAt } from './KnownNames';

/** Patterns for which a form, or the portal, would not answer any more when somebody types the wrong text. */
export function checkPatterns(pack: SourceOfPack): Problem[] {
  const { archetypes, document } = pack;
  // As they are written, also where something else of the file is wrong: other checks try them all the same.
  const words = knownNamesOf(pack).vocabulary.flatMap(({ schema }, position) =>
    patternProblems(
      document,
      ['spec', 'vocabulary', position, 'schema'],
      schema,
    ),
  );
  const forms = archetypes.flatMap(archetype =>
    (['parameters', 'settings'] as const).flatMap(form =>
      patternProblems(
        archetype.document,
        [form],
        (archetype.document.value as Record<string, unknown> | null)?.[form],
      ),
    ),
  );
  return [...words, ...forms];
}

function patternProblems(
  document: Located,
  place: Place,
  schema: unknown,
): Problem[] {
  const at = (path: readonly string[]) =>
    path.reduce<any>((part, key) => part[key], schema);
  const found = [
    ...placesOf(schema, 'pattern').map(path => ({
      path,
      patterns: [at(path)],
    })),
    ...placesOf(schema, 'patternProperties').map(path => ({
      path,
      patterns: Object.keys(at(path) ?? {}),
    })),
  ];
  return found.flatMap(({ path, patterns }) =>
    patterns.flatMap(pattern => {
      const growth = typeof pattern === 'string' && costlyPattern(pattern);
      return growth
        ? problemAt(
            document,
            [...place, ...path],
            `The time to check the pattern ${pattern} ${growth}`,
            'Write it so that each letter fits in one way only: no repetition of a repetition, such as (a+)+, and no look-around',
          )
        : [];
    }),
  );
}
