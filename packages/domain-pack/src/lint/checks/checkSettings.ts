import { scheduleSchema } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Problem } from '../../problem/Problem';
import type { PackSource } from '../../source/readSource';
import type { ArchetypeManifest } from '../../source/schemas';
import { mismatches, placesOf } from '../../parameters/jsonSchema';
import { knownNamesOf, namesOf, oneOf, resolveSchema } from './KnownNames';
import { compileOrRefuse } from './compileOrRefuse';
import { isTopicFilter } from './checkConsume';
import { problemsIn, validArchetypes, type Refuse } from './problemsIn';

type Schema = Record<string, any>;

/** Settings that an environment could not have, and connections that the pack does not have. */
export function checkSettings(pack: PackSource): Problem[] {
  const known = namesOf(knownNamesOf(pack).connections);
  return validArchetypes(pack).flatMap(({ document, source }) => {
    const { connections = [], settings = {} } = source;
    return [
      ...problemsIn(document, refuse => {
        for (const [position, name] of connections.entries())
          if (!known.includes(name))
            refuse(
              ['connections', position],
              `The pack has no connection "${name}"`,
              oneOf(known, name),
            );
      }),
      ...problemsIn(
        document,
        refuse => checkForm(settings, refuse),
        refuse => checkHints(settings, refuse),
        refuse => checkValues(source, resolveSchema(pack, settings), refuse),
        refuse => checkUse(source, refuse),
      ),
    ];
  });
}

function checkForm(settings: Schema, refuse: Refuse): void {
  const [reference] = placesOf(settings, '$ref');
  if (reference)
    refuse(
      ['settings', ...reference],
      'References to other schemas ($ref) are not allowed',
      'Inline the referenced schema',
    );
  else if (Object.keys(settings).length > 0 && settings.type !== 'object')
    refuse(
      ['settings'],
      'The settings are not an object',
      'Write type: object and put each setting under properties',
    );
}

function checkHints(settings: Schema, refuse: Refuse): void {
  for (const place of placesOf(settings, 'x-bailiwick')) {
    const said = place.reduce<Schema>((part, key) => part[key], settings);
    for (const key of Object.keys(said ?? {}))
      if (key !== 'vocabulary')
        refuse(
          ['settings', ...place, key],
          `A setting does not support ${key}`,
          'Under x-bailiwick, settings support only vocabulary',
        );
  }
}

function checkValues(
  { consume, run, settings = {} }: ArchetypeManifest,
  resolved: Schema,
  refuse: Refuse,
): void {
  const validate = compileOrRefuse('settings', resolved, refuse);
  if (!validate) return;
  const properties = (settings.properties ?? {}) as Schema;
  for (const [name, schema] of Object.entries(properties)) {
    const place = ['settings', 'properties', name];
    if (schema?.default === undefined) {
      refuse(
        place,
        `The setting ${name} has no default`,
        'Add a default; it applies where no environment sets a value',
      );
      continue;
    }
    const mismatch = mismatches(validate, {
      [name]: schema.default,
    }).find(text => text.startsWith(name));
    if (mismatch)
      refuse(
        place,
        `The default of the setting violates its own schema: ${mismatch}`,
        'Correct the default or the schema',
      );
  }
  const named: [place: string[], name: string | undefined][] = [
    [['run', 'scheduleFrom'], run?.scheduleFrom],
    [['consume', 'topicsFrom'], consume?.topicsFrom],
  ];
  for (const [place, name] of named)
    if (name !== undefined && !Object.hasOwn(properties, name))
      refuse(
        place,
        `The archetype has no setting "${name}"`,
        oneOf(Object.keys(properties), name),
      );
}

/** Reports settings that are used with an unsuitable type. */
function checkUse(
  { consume, run, settings = {} }: ArchetypeManifest,
  refuse: Refuse,
): void {
  const properties = (settings.properties ?? {}) as Schema;
  const when = properties[run?.scheduleFrom ?? '']?.default;
  const what = properties[consume?.topicsFrom ?? '']?.default;
  if (when !== undefined && !scheduleSchema.safeParse(when).success)
    refuse(
      ['run', 'scheduleFrom'],
      `The default of the setting ${run!.scheduleFrom} is not a schedule`,
      'Write five fields in UTC, such as "15 6 * * *"',
    );
  const isList =
    Array.isArray(what) && what.length > 0 && what.every(isTopicFilter);
  if (what !== undefined && !isList)
    refuse(
      ['consume', 'topicsFrom'],
      `The default of the setting ${
        consume!.topicsFrom
      } is not a list of topics`,
      'Write a list of MQTT topic filters, such as [plant/#]',
    );
}
