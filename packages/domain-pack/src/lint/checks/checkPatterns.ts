import type { Problem } from '../../problem/Problem';
import type { PackSource } from '../../source/readSource';
import { costlyPattern } from './costlyPattern';
import { placesOf } from '../../parameters/jsonSchema';
import { knownNamesOf } from './KnownNames';
import { problemsIn, type Refuse } from './problemsIn';

/** Reports patterns that would block a form, or the portal, on certain input. */
export function checkPatterns(pack: PackSource): Problem[] {
  const { archetypes, document } = pack;
  // As they are written, also where something else of the file is wrong: other checks try them all the same.
  const words = problemsIn(document, refuse => {
    for (const [position, word] of knownNamesOf(pack).vocabulary.entries())
      checkSchema(word.schema, (place, what, remedy) =>
        refuse(
          ['spec', 'vocabulary', position, 'schema', ...place],
          what,
          remedy,
        ),
      );
  });
  const forms = archetypes.flatMap(archetype =>
    problemsIn(archetype.document, refuse => {
      const value = archetype.document.value as Record<string, unknown> | null;
      for (const form of ['parameters', 'settings'])
        checkSchema(value?.[form], (place, what, remedy) =>
          refuse([form, ...place], what, remedy),
        );
    }),
  );
  return [...words, ...forms];
}

function checkSchema(schema: unknown, refuse: Refuse): void {
  for (const keyword of ['pattern', 'patternProperties'])
    for (const place of placesOf(schema, keyword)) {
      const found = place.reduce<any>((part, key) => part[key], schema);
      const patterns =
        keyword === 'pattern' ? [found] : Object.keys(found ?? {});
      for (const pattern of patterns) {
        const growth = typeof pattern === 'string' && costlyPattern(pattern);
        if (growth)
          refuse(
            place,
            `The time to match the pattern ${pattern} ${growth}`,
            'Rewrite it so that each character can match in only one way: no nested repetition such as (a+)+ and no look-around',
          );
      }
    }
}
