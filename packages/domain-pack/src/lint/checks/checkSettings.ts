import { scheduleSchema } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { resolveParameters } from '../../parameters/parameters';
import type { Problem } from '../../problem/Problem';
import type { SourceOfArchetype, SourceOfPack } from '../../source/readSource';
import type { ArchetypeSource } from '../../source/schemas';
import {
  compileSchema,
  mismatches,
  placesOf,
} from '../../parameters/jsonSchema';
import { knownNamesOf, oneOf, problemAt } from './KnownNames';
import { isTopicFilter } from './consumeProblems';

type Schema = Record<string, any>;

/** Settings that an environment could not have, and connections that the pack does not have. */
export function checkSettings(pack: SourceOfPack): Problem[] {
  const connections = knownNamesOf(pack).connections.map(({ name }) => name);
  return pack.archetypes.flatMap(archetype => {
    const { document, source } = archetype;
    if (!source) return [];
    const unknown = (source.connections ?? []).flatMap((name, position) =>
      connections.includes(name)
        ? []
        : problemAt(
            document,
            ['connections', position],
            `The pack has no connection "${name}"`,
            oneOf(connections),
          ),
    );
    return [...unknown, ...settingProblems(pack, archetype, source)];
  });
}

function settingProblems(
  pack: SourceOfPack,
  { document }: SourceOfArchetype,
  { consume, run, settings = {} }: ArchetypeSource,
): Problem[] {
  const refuse = (place: string[], what: string, remedy: string) =>
    problemAt(document, place, what, remedy);
  const [reference] = placesOf(settings, '$ref');
  if (reference)
    return [
      refuse(
        ['settings', ...reference],
        'It refers to another schema ($ref)',
        'Write the schema out: settings are one schema without references',
      ),
    ];
  const properties = (settings.properties ?? {}) as Schema;
  if (Object.keys(settings).length > 0 && settings.type !== 'object')
    return [
      refuse(
        ['settings'],
        'The settings are no object',
        'Write type: object, and each setting under properties',
      ),
    ];
  const hints = placesOf(settings, 'x-bailiwick').flatMap(place => {
    const said = place.reduce<Schema>((part, key) => part[key], settings);
    return Object.keys(said ?? {})
      .filter(key => key !== 'vocabulary')
      .map(key =>
        refuse(
          ['settings', ...place, key],
          `A setting cannot say ${key}`,
          'Under x-bailiwick, settings name a word of the vocabulary and nothing else',
        ),
      );
  });
  if (hints.length > 0) return hints;
  const whole = compileSchema(
    resolveParameters(settings, {
      vocabulary: knownNamesOf(pack).vocabulary as never,
    }),
  );
  if ('fault' in whole)
    return [
      refuse(
        ['settings'],
        `The settings are no JSON Schema: ${whole.fault}`,
        'Correct them; https://json-schema.org tells the keywords',
      ),
    ];
  const named = (place: string[], name: string | undefined) =>
    name === undefined || name in properties
      ? []
      : [
          refuse(
            place,
            `There is no setting "${name}"`,
            oneOf(Object.keys(properties)),
          ),
        ];
  const own = Object.entries(properties).flatMap(([name, schema]) =>
    defaultProblem(name, schema).map(([what, remedy]) =>
      refuse(['settings', 'properties', name], what, remedy),
    ),
  );
  const missing = [
    ...named(['run', 'scheduleFrom'], run?.scheduleFrom),
    ...named(['consume', 'topicsFrom'], consume?.topicsFrom),
  ];
  const broken = [...own, ...missing];
  return broken.length > 0 ? broken : useProblems();

  function defaultProblem(name: string, schema: Schema): [string, string][] {
    if (schema?.default === undefined)
      return [
        [
          `The setting ${name} has no default`,
          'Write one: it holds where nobody sets it',
        ],
      ];
    const [mismatch] = mismatches((whole as { validate: never }).validate, {
      [name]: schema.default,
    }).filter(text => text.startsWith(name));
    return mismatch
      ? [
          [
            `The default of the setting breaks its own schema: ${mismatch}`,
            'Correct the default or the schema',
          ],
        ]
      : [];
  }

  /** Settings that are used for what they cannot say. */
  function useProblems(): Problem[] {
    const when = properties[run?.scheduleFrom ?? '']?.default;
    const what = properties[consume?.topicsFrom ?? '']?.default;
    return [
      ...(when === undefined || scheduleSchema.safeParse(when).success
        ? []
        : [
            refuse(
              ['run', 'scheduleFrom'],
              `The default of the setting ${run!.scheduleFrom} is no schedule`,
              'Write five fields in UTC, such as "15 6 * * *"',
            ),
          ]),
      ...(what === undefined ||
      (Array.isArray(what) && what.length > 0 && what.every(isTopicFilter))
        ? []
        : [
            refuse(
              ['consume', 'topicsFrom'],
              `The default of the setting ${
                consume!.topicsFrom
              } is no list of topics`,
              'Write a list of topic filters of MQTT, such as [plant/#]',
            ),
          ]),
    ];
  }
}
